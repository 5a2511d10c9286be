package dev.knatter.chat.republication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import dev.knatter.chat.account.AccountEvents;
import dev.knatter.chat.erasure.ErasureEvents;
import dev.knatter.chat.group.ConversationEvents;
import dev.knatter.chat.message.MessageEvents;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.PendingSweep;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.PublicationTable.Entry;
import dev.knatter.chat.webhook.WebhookEvents;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to one destination the events that are still in its table, if the store knows that they have happened. When the sink is
 * away, the sweep stops and later comes back to the same bucket. An event that the sink refuses holds nothing up: each pass
 * offers it once, and the last one gives it up.
 */
public final class PublicationSweep {
  private static final Logger log = LoggerFactory.getLogger(PublicationSweep.class);

  private final PublicationTable table;
  private final EventSink sink;
  private final PendingSweep pending;
  private final MessageEvents messages;
  private final AccountEvents accounts;
  private final ErasureEvents erasures;
  private final WebhookEvents webhooks;
  private final ConversationEvents conversations;

  public PublicationSweep(Cassandra cassandra, Clock clock, Slices slices, PublicationTable table,
      EventSink sink) {
    this.table = table;
    this.sink = sink;
    this.pending = new PendingSweep(cassandra, clock, table.pending(), table.destination().progress(),
        table.destination().schema());
    this.messages = new MessageEvents(cassandra, slices);
    this.accounts = new AccountEvents(cassandra);
    this.erasures = new ErasureEvents(cassandra);
    this.webhooks = new WebhookEvents(cassandra);
    this.conversations = new ConversationEvents(cassandra);
  }

  /** Continues every pass where it stopped, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param isRunning asked before each bucket; false stops the run */
  public Outcome run(Duration allowed, BooleanSupplier isRunning) {
    Outcome outcome = pending.run(allowed, isRunning, this::publish);
    if (outcome.finished() > 0) {
      log.info("Published {} events that were left.", outcome.finished());
    }
    return outcome;
  }

  private OptionalInt publish(long bucket, int lane, boolean isLast) {
    int published = 0;
    for (Entry entry : table.entries(bucket, lane)) {
      Optional<ChatEvent> event = find(entry.reference(), Uuid7.instant(entry.position()));
      boolean done = isLast;
      if (event.isPresent()) {
        switch (sink.deliver(event.get())) {
          case ACCEPTED -> {
            published++;
            done = true;
          }
          case REFUSED -> log.warn("The event {} is refused by {}.{}", entry.reference().eventId(),
              table.destination().who(),
              isLast ? " It is given up." : "");
          case AWAY -> {
            return OptionalInt.empty();
          }
        }
      }
      if (done) {
        table.delete(entry);
      }
    }
    return OptionalInt.of(published);
  }

  private Optional<ChatEvent> find(EventReference reference, Instant time) {
    return switch (reference.type()) {
      case MESSAGE_SENT -> messages.sent(reference);
      case MESSAGE_EDITED -> messages.edited(reference, time);
      case MESSAGE_DELETED -> messages.deleted(reference, time);
      case USER_REGISTERED -> accounts.registered(reference, time);
      case SESSION_ENDED -> accounts.sessionEnded(reference, time);
      case USER_ERASED -> erasures.erased(reference, time);
      case WEBHOOK_DISABLED -> webhooks.disabled(reference, time);
      case CONVERSATION_CREATED, CONVERSATION_RENAMED, CONVERSATION_DELETED, RETENTION_CHANGED, MEMBER_ADDED,
          MEMBER_REMOVED, ROLE_CHANGED ->
        conversations.find(reference);
      case MESSAGE_REACTED -> messages.sent(reference);
      case OUTSIDE_SESSION_ENDED -> Optional.of(new ChatEvent(reference, time));
      case MESSAGES_READ -> Optional.empty(); // it is never kept
    };
  }
}
