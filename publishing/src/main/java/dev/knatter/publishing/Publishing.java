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

/** What a function needs to publish events. Without K_SINK, nothing is published and no row is written. */
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

  /** Reads K_SINK and the variables beside it. Before the stores close, what is on its way is finished. */
  public static Publishing open(Env env, Stores stores) {
    return SinkSettings.from(env)
      .map(settings -> to(new HttpEventSink(settings), stores))
      .orElseGet(() -> new Publishing(stores, NO_SINK, Publications.NONE));
  }

  private static Publishing to(HttpEventSink sink, Stores stores) {
    Publisher publisher = new Publisher(stores.cassandra(), table(stores), sink);
    stores.beforeClose(sink::close);
    stores.beforeClose(publisher::close); // first: it may be using the sink
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
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    return new PublicationTable(stores.cassandra(), new Uuid7(stores.clock(), random), random);
  }
}
