package dev.knatter.chat.sending;

import java.util.random.RandomGenerator;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.delivery.BackgroundSweep;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.IdempotencyKeys;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.chat.republication.PublicationSweep;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/**
 * Builds {@link Sending} for a process: with the outbox, the notifier and the background sweep. The stores close all
 * of it.
 */
public final class SendingFactory {
  private SendingFactory() {}

  /** @param random not used for secrets */
  public static Sending create(Stores stores, EventPublishing publishing, Recipients recipients, Uuid7 ids,
      RandomGenerator random) {
    Cassandra cassandra = stores.cassandra();
    Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    stores.beforeClose(outbox::close);
    Slices slices = new Slices(cassandra, stores.clock()).start();
    MessageLog log = new MessageLog(cassandra, stores.clock(), random, slices, outbox,
        publishing.publications());
    Notifier notifier = new Notifier(stores.redis());
    SweepMeters meters = new SweepMeters();
    stores.watch(meters);
    BackgroundSweep sweep = new BackgroundSweep(() -> {
      Sweep messages = new Sweep(cassandra, stores.clock(), slices, outbox, notifier::conversationChanged,
          meters);
      PublicationSweep publications = new PublicationSweep(cassandra, stores.clock(), slices, publishing);
      return (allowed, isRunning) -> {
        messages.run(allowed, isRunning);
        publications.run(allowed, isRunning);
      };
    }, stores.redis(), random);
    stores.beforeClose(sweep::close); // before the outbox, which the sweep may be using
    return new Sending(recipients, new Conversations(cassandra), log,
        new IdempotencyKeys(cassandra, log, ids),
        conversation -> {
          notifier.conversationChanged(conversation.id(), conversation.members());
          sweep.stored();
        });
  }
}
