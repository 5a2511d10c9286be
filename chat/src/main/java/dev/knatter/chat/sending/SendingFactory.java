package dev.knatter.chat.sending;

import java.util.random.RandomGenerator;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.chat.message.IdempotencyKeys;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds {@link Sending} for a process, with all that {@link MessageWriting} holds. The stores close all of it. */
public final class SendingFactory {
  private SendingFactory() {}

  /** @param random not used for secrets */
  public static Sending create(Stores stores, EventPublishing publishing, Recipients recipients, Uuid7 ids,
      RandomGenerator random) {
    Cassandra cassandra = stores.cassandra();
    MessageWriting writing = MessageWriting.open(stores, publishing, ids, random);
    MessageLog log = new MessageLog(cassandra, stores.clock(), random, writing.slices(), writing.outbox(),
        publishing.publications(), writing.fanOut());
    return new Sending(recipients, writing.memberships(), new FanOutLimit(stores.redis()), log,
        new IdempotencyKeys(cassandra, log, ids),
        conversation -> writing.changed(conversation.id(), conversation.members()));
  }
}
