package dev.knatter.publishing;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;

/** The parts by which a function publishes events. Without K_SINK, it publishes nothing and writes no row. */
public final class Publishing implements EventPublishing {
  private static final EventSink NO_SINK = _ -> EventSink.Outcome.AWAY;

  private final Stores stores;
  private final EventSink sink;
  private final Publications publications;

  private Publishing(Stores stores, EventSink sink, Publications publications) {
    this.stores = stores;
    this.sink = sink;
    this.publications = publications;
  }

  /**
   * Reads the variables of {@link SinkSettings}. Before the stores close, the publisher finishes the events that it is
   * sending.
   */
  public static Publishing open(Env env, Stores stores) {
    return SinkSettings.from(env)
      .map(settings -> to(new HttpEventSink(settings), stores))
      .orElseGet(() -> new Publishing(stores, NO_SINK, Publications.NONE));
  }

  private static Publishing to(HttpEventSink sink, Stores stores) {
    Publisher publisher = new Publisher(stores.cassandra(), table(stores), sink);
    stores.beforeClose(sink::close);
    stores.beforeClose(publisher::close); // closes before the sink, which it may be using
    return new Publishing(stores, sink, publisher);
  }

  @Override
  public Publications publications() {
    return publications;
  }

  @Override
  public EventSink sink() {
    return sink;
  }

  @Override
  public PublicationTable table() {
    return table(stores);
  }

  private static PublicationTable table(Stores stores) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    return new PublicationTable(stores.cassandra(), new Uuid7(stores.clock(), random), random);
  }
}
