package dev.knatter.functions.outbox;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.delivery.Inbox;
import dev.knatter.core.erasure.ErasureSweep;
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
    Inbox inbox = new Inbox(cassandra);
    Slices slices = new Slices(cassandra, stores.clock());
    dev.knatter.core.delivery.Outbox outbox = new dev.knatter.core.delivery.Outbox(cassandra,
        inbox, ids, random);
    stores.beforeClose(outbox::close);
    Sweep sweep = new Sweep(cassandra, stores.clock(), slices, outbox,
        new News(stores.redis())::tell);
    ErasureSweep erasures = new ErasureSweep(cassandra, stores.redis(), stores.clock(), slices, inbox);
    return List.of(
        new Endpoint<>(Route.event("outbox", Tick.class), guard.event(new OutboxFunction(sweep, erasures))));
  }
}
