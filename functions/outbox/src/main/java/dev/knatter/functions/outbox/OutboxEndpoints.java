package dev.knatter.functions.outbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.deadletter.Backoff;
import dev.knatter.chat.deadletter.DeadLetterMeters;
import dev.knatter.chat.deadletter.DeadLetterRetries;
import dev.knatter.chat.deadletter.DeadLetterRetry;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.erasure.ErasureSweep;
import dev.knatter.chat.group.GroupDepartures;
import dev.knatter.chat.group.GroupSweep;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.live.EndSlots;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.removal.RemovalSweep;
import dev.knatter.chat.republication.PublicationSweeps;
import dev.knatter.chat.webhook.WebhookRetries;
import dev.knatter.guard.Guard;
import dev.knatter.outbound.WebhookPost;
import dev.knatter.publishing.HttpResend;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class OutboxEndpoints {
  private OutboxEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Inbox inbox = new Inbox(cassandra);
    Slices slices = new Slices(cassandra, stores.clock());
    dev.knatter.chat.inbox.Outbox outbox = new dev.knatter.chat.inbox.Outbox(cassandra,
        inbox, ids, random);
    stores.beforeClose(outbox::close);
    SweepMeters meters = new SweepMeters();
    stores.watch(meters);
    Sweep sweep = new Sweep(cassandra, stores.clock(), slices, outbox,
        new Notifier(stores.redis())::conversationChanged,
        meters);
    Publishing publishing = Publishing.open(env, stores);
    PendingChanges changes = new PendingChanges(cassandra, ids, random);
    stores.beforeClose(changes::close);
    JoinCatchUp catchUp = new JoinCatchUp(cassandra, slices, outbox,
        new Notifier(stores.redis())::conversationChanged);
    ErasureSweep erasures = new ErasureSweep(cassandra, stores.redis(), stores.clock(), slices, inbox,
        new GroupDepartures(cassandra, stores.clock(), changes, publishing.publications(), catchUp));
    GroupSweeps groups = new GroupSweeps(new GroupSweep(cassandra, stores.clock(), changes, catchUp),
        new RemovalSweep(cassandra, stores.redis(), stores.clock()));
    PublicationSweeps publications = new PublicationSweeps(cassandra, stores.clock(), slices,
        publishing);
    return List.of(new Endpoint<>(Route.event("outbox", Tick.class),
        guard.event(new OutboxFunction(sweep, publications,
            new EndSlots(stores.clock(), publishing.live().frames()), groups, erasures,
            deadLetters(env, stores),
            webhooks(env, stores, random, slices, publishing.publications())))));
  }

  private static WebhookRetries webhooks(Env env, Stores stores, RandomGenerator random, Slices slices,
      Publications publications) {
    WebhookPost post = WebhookPost.open(env, stores.clock());
    stores.beforeClose(post::close);
    return new WebhookRetries(stores.cassandra(), stores.clock(), random, slices, post, publications);
  }

  /** Empty where no broker is configured. */
  private static Optional<DeadLetterRetries> deadLetters(Env env, Stores stores) {
    return HttpResend.open(env, stores).map(broker -> {
      DeadLetterMeters meters = new DeadLetterMeters();
      stores.watch(meters);
      return new DeadLetterRetries(
          new DeadLetterRetry(stores.cassandra(), stores.clock(), Backoff.from(env), broker, meters),
          stores.clock());
    });
  }
}
