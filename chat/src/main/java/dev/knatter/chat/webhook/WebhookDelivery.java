package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.webhook.DeliveryOutcome.Result;
import dev.knatter.chat.webhook.WebhookAttempts.Pending;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Parallel;
import dev.knatter.shared.store.Cassandra;

/**
 * Tells webhooks of an event, at least once. All receivers are told at the same time. What fails is parked, so that an
 * event never waits for a receiver that is away: {@link WebhookRetries} tries it again.
 */
public final class WebhookDelivery {
  /** A receiver that has kept us waiting is left alone for this long. What comes meanwhile is parked at once. */
  private static final Duration LEFT_ALONE = Duration.ofMinutes(1);
  private static final Duration SLOW = WebhookSender.LONGEST.dividedBy(2);
  private static final int REMEMBERED = 10_000;
  /** How many receivers are told at the same time. The others are parked at once. */
  private static final int MAX_AT_ONCE = 256;
  private static final int READ_AT_ONCE = 256;

  private final WebhookMessages messages;
  private final WebhookCache webhooks;
  private final WebhookAttempts attempts;
  private final Cache<UUID, DeliveryOutcome> slow = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(LEFT_ALONE)
    .executor(Runnable::run)
    .build();

  public WebhookDelivery(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices,
      WebhookSender sender, Publications publications) {
    Webhooks stored = new Webhooks(cassandra, clock);
    this.messages = new WebhookMessages(cassandra, slices);
    this.webhooks = new WebhookCache(stored);
    this.attempts = new WebhookAttempts(cassandra, clock, random, stored, webhooks,
        new ParkedDeliveries(cassandra, clock), sender, publications);
  }

  /**
   * Delivers an event to the webhooks of all members of its conversation. Does nothing if the message does not exist
   * any more. It takes hardly longer than {@link WebhookSender#LONGEST}.
   *
   * @throws Unavailable if a store is away: then the same event must come again, and some receivers get it again
   */
  public void deliver(WebhookEvent event) {
    messages.find(event).ifPresent(found -> {
      List<Pending> deliveries = of(found.members()).stream()
        .filter(webhook -> webhook.tellsOf(event) && messages.mayBeToldOf(event, webhook.userId()))
        .map(webhook -> new Pending(webhook, event, found.message(), 0, null))
        .toList();
      Parallel.forEach(deliveries.stream().limit(MAX_AT_ONCE).toList(), this::deliver);
      deliveries.stream()
        .skip(MAX_AT_ONCE)
        .forEach(each -> attempts.store(each, DeliveryOutcome.notSent("The group has many receivers.")));
    });
  }

  /** The webhooks of all members. A large group has thousands, so they are read in parts. */
  private List<Webhook> of(List<UUID> members) {
    boolean isLarge = members.size() > Conversation.MAX_MEMBERS;
    List<Webhook> found = new ArrayList<>();
    Chunks.of(members, READ_AT_ONCE).forEach(some -> found.addAll(webhooks.of(some, isLarge)));
    return found;
  }

  private void deliver(Pending delivery) {
    UUID webhook = delivery.webhook().id();
    DeliveryOutcome before = slow.getIfPresent(webhook);
    if (before != null) {
      attempts.store(delivery, DeliveryOutcome.notSent("The receiver has been slow just now."));
      return;
    }
    DeliveryOutcome outcome = attempts.attempt(delivery);
    if (outcome.result() == Result.NOT_SENT) {
      attempts.store(delivery, outcome);
    } else if (outcome.result() == Result.NO_ANSWER && outcome.latency().compareTo(SLOW) > 0) {
      slow.put(webhook, outcome);
    }
  }
}
