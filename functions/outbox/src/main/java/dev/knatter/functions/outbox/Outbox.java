package dev.knatter.functions.outbox;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.delivery.Inbox;
import dev.knatter.core.message.Slices;
import dev.knatter.core.message.Sweep;
import dev.knatter.core.page.News;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Outbox {
  private Outbox() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Uuid7 ids = new Uuid7(stores.clock(), random);
    dev.knatter.core.delivery.Outbox outbox = new dev.knatter.core.delivery.Outbox(cassandra,
        new Inbox(cassandra),
        ids, random);
    stores.beforeClose(outbox::close);
    Sweep sweep = new Sweep(cassandra, stores.clock(), new Slices(cassandra, stores.clock()), outbox,
        new News(stores.redis())::tell);
    return List.of(new Endpoint<>(Route.event("outbox", Tick.class), guard.event(new OutboxFunction(sweep))));
  }
}
