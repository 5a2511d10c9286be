package dev.knatter.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.chat.publication.AllPublications;
import dev.knatter.chat.publication.Destination;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.chat.publication.SomePublications;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;

/**
 * The parts by which a function publishes events: to the sink that K_SINK names, if any, and to the held connections. For these
 * it writes a row only if proxies hold some, which KNATTER_GRIP names.
 */
public final class Publishing implements EventPublishing {
  private static final EventSink NO_SINK = _ -> EventSink.Outcome.AWAY;

  private final Stores stores;
  private final EventSink sink;
  private final Live live;
  private final Publications publications;

  private Publishing(Stores stores, EventSink sink, Live live, Publications publications) {
    this.stores = stores;
    this.sink = sink;
    this.live = live;
    this.publications = publications;
  }

  /**
   * Reads the variables of {@link SinkSettings} and KNATTER_GRIP. Before the stores close, the publishers finish the events that
   * they are sending.
   */
  public static Publishing open(Env env, Stores stores) {
    List<Publications> destinations = new ArrayList<>();
    Live live = Live.open(env, stores);
    destinations.add(new SomePublications(live.publications(), EventType::isTold));
    EventSink sink = SinkSettings.from(env).<EventSink>map(settings -> {
      HttpEventSink http = new HttpEventSink(settings);
      Publisher publisher = new Publisher(stores.cassandra(), table(stores, Destination.SINK), http);
      stores.beforeClose(http::close);
      stores.beforeClose(publisher::close); // closes before the sink, which it may be using
      destinations.add(new SomePublications(publisher, EventType::isPublished));
      return http;
    }).orElse(NO_SINK);
    return new Publishing(stores, sink, live, new AllPublications(destinations));
  }

  @Override
  public Publications publications() {
    return publications;
  }

  @Override
  public List<Swept> swept() {
    return List.of(new Swept(table(stores, Destination.SINK), sink),
        new Swept(table(stores, Destination.LIVE), live.sink()));
  }

  /** How the function itself tells held connections. */
  public Live live() {
    return live;
  }

  static PublicationTable table(Stores stores, Destination destination) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    return new PublicationTable(stores.cassandra(), new Uuid7(stores.clock(), random), random, destination);
  }
}
