package dev.knatter.functions.send;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.delivery.BackgroundSweep;
import dev.knatter.chat.message.IdempotencyKeys;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** The endpoint of this function, and what it is made of. */
public final class SendEndpoints {
  /** Content of 16,384 bytes with every one escaped as six, and room for the rest. */
  private static final int MAX_BODY = 128 * 1024;
  private static final Route<SendRequest> ROUTE = Route.bearer("POST", "/v1/send", "send", SendRequest.class)
    .limit(RateLimit.SEND.id())
    .maxBody(MAX_BODY);

  private SendEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Recipients addressees = new Recipients(cassandra);
    Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    stores.beforeClose(outbox::close);
    Slices slices = new Slices(cassandra, stores.clock()).start();
    MessageLog log = new MessageLog(cassandra, stores.clock(), random, slices, outbox);
    Notifier news = new Notifier(stores.redis());
    SweepMeters meters = new SweepMeters();
    stores.watch(meters);
    BackgroundSweep sweep = new BackgroundSweep(
        () -> new Sweep(cassandra, stores.clock(), slices, outbox, news::tell, meters), stores.redis(), random);
    stores.beforeClose(sweep::close); // before the outbox, in which it may be entering something
    Sending sending = new Sending(addressees, new Conversations(cassandra), log,
        new IdempotencyKeys(cassandra, log, ids),
        conversation -> {
          news.tell(conversation.id(), conversation.members());
          sweep.stored();
        });
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.SEND.id(), new SendFunction(sending, addressees, ids))));
  }
}
