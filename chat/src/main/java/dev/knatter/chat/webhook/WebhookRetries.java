package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import dev.knatter.chat.message.Slices;
import dev.knatter.chat.webhook.DeliveryOutcome.Result;
import dev.knatter.chat.webhook.WebhookAttempts.Pending;
import dev.knatter.shared.store.Cassandra;

/**
 * Tries failed deliveries again when they are due. Each run goes on at the minute that the one before has reached. Two
 * runs at the same time do no harm: a receiver may get an event twice, and knows it by its id.
 */
public final class WebhookRetries {
  /** The last minutes are visited again, because a delivery may be parked a little late: in minutes. */
  static final int VISITED_AGAIN = 5;
  private static final int MINUTES_AT_ONCE = 60;

  private final Clock clock;
  private final ParkedDeliveries parked;
  private final WebhookMessages messages;
  private final WebhookCache webhooks;
  private final WebhookAttempts attempts;

  public WebhookRetries(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices,
      WebhookSender sender, WebhookDisabled disabled) {
    Webhooks stored = new Webhooks(cassandra, clock);
    this.clock = clock;
    this.parked = new ParkedDeliveries(cassandra, clock);
    this.messages = new WebhookMessages(cassandra, slices);
    this.webhooks = new WebhookCache(stored);
    this.attempts = new WebhookAttempts(cassandra, clock, random, stored, webhooks, parked, sender, disabled);
  }

  /**
   * Tries what is due, and returns how many events were delivered. An attempt begins only while there is time left for
   * it, so this returns in the time allowed, which must be longer than {@link WebhookSender#LONGEST}.
   */
  public int run(Duration allowed) {
    Run run = new Run(System.nanoTime() + allowed.minus(WebhookSender.LONGEST).toNanos());
    Instant now = clock.instant();
    long present = ParkedDeliveries.bucket(now);
    long reached = parked.reached(now);
    while (reached < present && run.left.isEmpty() && run.hasTime()) {
      long until = Math.min(present, reached + MINUTES_AT_ONCE);
      List<ParkedDelivery> due = parked.due(reached + 1, until, now);
      run.retry(due);
      reached = run.firstUnfinished(due).map(minute -> minute - 1).orElse(until);
    }
    parked.saveReached(Math.min(reached, present - VISITED_AGAIN));
    return run.delivered.get();
  }

  private final class Run {
    private final long lastBeginNanos;
    private final AtomicInteger delivered = new AtomicInteger();
    /** Webhooks to which a delivery has failed in this run. */
    private final Map<UUID, DeliveryOutcome> failing = new ConcurrentHashMap<>();
    /** Deliveries for which there was no time. */
    private final Set<UUID> left = ConcurrentHashMap.newKeySet();

    Run(long lastBeginNanos) {
      this.lastBeginNanos = lastBeginNanos;
    }

    boolean hasTime() {
      return System.nanoTime() - lastBeginNanos < 0;
    }

    /** The first minute with deliveries that were not tried, or not read because there are so many. */
    Optional<Long> firstUnfinished(List<ParkedDelivery> due) {
      Map<Long, Long> sizes = due.stream()
        .collect(Collectors.groupingBy(ParkedDelivery::bucket, Collectors.counting()));
      return due.stream()
        .filter(delivery -> left.contains(delivery.position())
            || sizes.getOrDefault(delivery.bucket(), 0L) >= ParkedDeliveries.PAGE)
        .map(ParkedDelivery::bucket)
        .min(Long::compare);
    }

    void retry(List<ParkedDelivery> due) {
      VirtualThreads.runAll(due.stream()
        .collect(Collectors.groupingBy(ParkedDelivery::webhookId))
        .values()
        .stream()
        .<Runnable>map(ofOneWebhook -> () -> retryOne(ofOneWebhook))
        .toList());
    }

    /** The first delivery shows whether the receiver is there. If it is not, the others are not tried either. */
    private void retryOne(List<ParkedDelivery> ofOneWebhook) {
      retry(ofOneWebhook.getFirst());
      VirtualThreads.runAll(ofOneWebhook.stream()
        .skip(1)
        .<Runnable>map(delivery -> () -> retry(delivery))
        .toList());
    }

    private void retry(ParkedDelivery delivery) {
      if (!hasTime()) {
        left.add(delivery.position());
        return;
      }
      Optional<Pending> pending = pending(delivery);
      if (pending.isPresent() && attempt(pending.get()) == Result.NOT_SENT) {
        left.add(delivery.position());
      } else {
        parked.delete(delivery);
      }
    }

    private Result attempt(Pending delivery) {
      UUID webhook = delivery.webhook().id();
      DeliveryOutcome failed = failing.get(webhook);
      if (failed != null) {
        attempts.store(delivery, failed);
        return failed.result();
      }
      DeliveryOutcome outcome = attempts.attempt(delivery);
      switch (outcome.result()) {
        case DELIVERED -> delivered.incrementAndGet();
        case REFUSED, NO_ANSWER -> failing.put(webhook, outcome);
        case GONE, NOT_SENT -> {
        }
      }
      return outcome.result();
    }

    /** What is to be delivered; empty if the webhook, the message or the membership is gone. */
    private Optional<Pending> pending(ParkedDelivery delivery) {
      return webhooks.enabled(delivery.userId(), delivery.webhookId())
        .filter(webhook -> webhook.tellsOf(delivery.event()))
        .flatMap(webhook -> messages.find(delivery.event())
          .filter(found -> found.members().contains(delivery.userId()))
          .map(found -> new Pending(webhook, delivery.event(), found.message(), delivery.attempts(),
              delivery.firstFailedAt())));
    }
  }
}
