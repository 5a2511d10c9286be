package dev.knatter.functions.send;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.delivery.BackgroundSweep;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.PublicationSweep;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.IdempotencyKeys;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.message.Slices;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class SendEndpoints {
  /** Enough for a content of 16,384 bytes, each escaped as six. */
  private static final int MAX_BODY = 128 * 1024;
  private static final Route<SendRequest> ROUTE = Route.bearer("POST", "/v1/send", "send", SendRequest.class)
    .limit(RateLimit.SEND.id())
    .maxBody(MAX_BODY);

  private SendEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Recipients recipients = new Recipients(cassandra);
    Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    stores.beforeClose(outbox::close);
    Slices slices = new Slices(cassandra, stores.clock()).start();
    Publishing publishing = Publishing.open(env, stores);
    MessageLog log = new MessageLog(cassandra, stores.clock(), random, slices, outbox,
        publishing.publications());
    Notifier notifier = new Notifier(stores.redis());
    SweepMeters meters = new SweepMeters();
    stores.watch(meters);
    BackgroundSweep sweep = new BackgroundSweep(() -> {
      Sweep messages = new Sweep(cassandra, stores.clock(), slices, outbox, notifier::conversationChanged,
          meters);
      PublicationSweep publications = new PublicationSweep(cassandra, stores.clock(), slices,
          publishing.table(), publishing.sink());
      return (allowed, isRunning) -> {
        messages.run(allowed, isRunning);
        publications.run(allowed, isRunning);
      };
    }, stores.redis(), random);
    stores.beforeClose(sweep::close); // before the outbox, which the sweep may be using
    Sending sending = new Sending(recipients, new Conversations(cassandra), log,
        new IdempotencyKeys(cassandra, log, ids),
        conversation -> {
          notifier.conversationChanged(conversation.id(), conversation.members());
          sweep.stored();
        });
    return List.of(
        new Endpoint<>(ROUTE, guard.bearer(RateLimit.SEND.id(), new SendFunction(sending, recipients, ids))));
  }
}
