package dev.knatter.chat.sending;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.delivery.BackgroundSweep;
import dev.knatter.chat.delivery.ChunkedFanOut;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.group.GroupSweep;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.chat.republication.PublicationSweeps;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/**
 * What a process needs that writes messages or changes them, or the members of groups: the outbox, the notifier and the
 * background sweep.
 */
public final class MessageWriting {
  private final Slices slices;
  private final Outbox outbox;
  private final Notifier notifier;
  private final Memberships memberships;
  private final FanOut fanOut;
  private final BackgroundSweep sweep;

  private MessageWriting(Slices slices, Outbox outbox, Notifier notifier, Memberships memberships,
      FanOut fanOut, BackgroundSweep sweep) {
    this.slices = slices;
    this.outbox = outbox;
    this.notifier = notifier;
    this.memberships = memberships;
    this.fanOut = fanOut;
    this.sweep = sweep;
  }

  /**
   * Builds all of it. The stores close it.
   *
   * @param random not used for secrets
   */
  public static MessageWriting open(Stores stores, EventPublishing publishing, Uuid7 ids,
      RandomGenerator random) {
    Cassandra cassandra = stores.cassandra();
    Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    stores.beforeClose(outbox::close);
    Slices slices = new Slices(cassandra, stores.clock()).start();
    Notifier notifier = new Notifier(stores.redis());
    Memberships memberships = new Memberships(cassandra);
    ChunkedFanOut fanOut = new ChunkedFanOut(memberships, new MessageReentry(cassandra, slices, outbox),
        notifier);
    stores.beforeClose(fanOut::close);
    SweepMeters meters = new SweepMeters();
    stores.watch(meters);
    BackgroundSweep sweep = new BackgroundSweep(() -> {
      Sweep messages = new Sweep(cassandra, stores.clock(), slices, outbox, notifier::conversationChanged,
          meters);
      GroupSweep groups = new GroupSweep(cassandra, stores.clock(),
          new PendingChanges(cassandra, ids, random),
          new JoinCatchUp(cassandra, slices, outbox, notifier::conversationChanged));
      PublicationSweeps publications = new PublicationSweeps(cassandra, stores.clock(), slices, publishing);
      return (allowed, isRunning) -> {
        var _ = messages.run(allowed, isRunning);
        var _ = groups.run(allowed, isRunning);
        var _ = publications.run(allowed, isRunning);
      };
    }, stores.redis(), random);
    stores.beforeClose(sweep::close); // before the outbox, which the sweep may be using
    return new MessageWriting(slices, outbox, notifier, memberships, fanOut, sweep);
  }

  public Slices slices() {
    return slices;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Memberships memberships() {
    return memberships;
  }

  public Notifier notifier() {
    return notifier;
  }

  public FanOut fanOut() {
    return fanOut;
  }

  /** Reports that this process has written to the outbox, or to the tables of groups. */
  public void stored() {
    sweep.stored();
  }

  /**
   * Reports that a conversation has changed: its cached pages become invalid.
   *
   * @param waiting the members to wake; not empty when the change is complete
   */
  public void changed(UUID conversation, List<UUID> waiting) {
    notifier.conversationChanged(conversation, waiting);
    if (!waiting.isEmpty()) {
      sweep.stored();
    }
  }
}
