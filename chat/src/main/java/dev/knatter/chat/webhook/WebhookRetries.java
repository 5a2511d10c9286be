package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.webhook.DeliveryOutcome.Result;
import dev.knatter.chat.webhook.WebhookAttempts.Pending;
import dev.knatter.shared.Parallel;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/**
 * Tries failed deliveries again when they are due. Each run goes on at the minute that the one before has reached. Two
 * runs at the same time do no harm: a receiver may get an event twice, and knows it by its id.
 */
public final class WebhookRetries {
  /** The last minutes are visited again, because a delivery may be parked a little late: in minutes. */
  static final int VISITED_AGAIN = 5;
  private static final int MINUTES_AT_ONCE = 60;
  /** How many deliveries to a webhook are tried at the same time. */
  private static final int AT_ONCE = 4;
  private static final int MAX_REFUSED = 5;

  private final Clock clock;
  private final ParkedDeliveries parked;
  private final WebhookMessages messages;
  private final WebhookCache webhooks;
  private final WebhookAttempts attempts;

  public WebhookRetries(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices,
      WebhookSender sender, Publications publications) {
    Webhooks stored = new Webhooks(cassandra, clock);
    this.clock = clock;
    this.parked = new ParkedDeliveries(cassandra, clock);
    this.messages = new WebhookMessages(cassandra, slices);
    this.webhooks = new WebhookCache(stored);
    this.attempts = new WebhookAttempts(cassandra, clock, random, stored, webhooks, parked, sender,
        publications);
  }

  /**
   * Tries what is due, and returns how many events were delivered. An attempt begins only while there is time left for
   * it, so this returns in the time allowed, which must be longer than {@link WebhookSender#LONGEST}.
   */
  public int run(Duration allowed) {
    Run run = new Run(System.nanoTime() + allowed.minus(WebhookSender.LONGEST).toNanos());
    Instant now = clock.instant();
    long present = ParkedDeliveries.minute(now);
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
    /** The failures of this run, by webhook. */
    private final Map<UUID, Failures> failures = new ConcurrentHashMap<>();
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
        .collect(Collectors.groupingBy(ParkedDelivery::minute, Collectors.counting()));
      return due.stream()
        .filter(delivery -> left.contains(delivery.position())
            || sizes.getOrDefault(delivery.minute(), 0L) >= ParkedDeliveries.PAGE)
        .map(ParkedDelivery::minute)
        .min(Long::compare);
    }

    void retry(List<ParkedDelivery> due) {
      List<List<ParkedDelivery>> byWebhook = List
        .copyOf(due.stream().collect(Collectors.groupingBy(ParkedDelivery::webhookId)).values());
      Parallel.forEach(byWebhook, ofOneWebhook -> retryOne(new ConcurrentLinkedQueue<>(ofOneWebhook)));
    }

    /** The first delivery shows whether the receiver is there. The others follow, some at a time. */
    private void retryOne(Queue<ParkedDelivery> ofOneWebhook) {
      retry(ofOneWebhook.remove());
      Parallel.forEach(Collections.nCopies(AT_ONCE, ofOneWebhook), left -> {
        for (ParkedDelivery next = left.poll(); next != null; next = left.poll()) {
          retry(next);
        }
      });
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
      Failures before = failures.computeIfAbsent(delivery.webhook().id(), _ -> new Failures());
      DeliveryOutcome enough = before.enough();
      if (enough != null) {
        attempts.store(delivery, enough);
        return enough.result();
      }
      DeliveryOutcome outcome = attempts.attempt(delivery);
      before.add(outcome);
      if (outcome.isDelivered()) {
        delivered.incrementAndGet();
      }
      return outcome.result();
    }

    /** What is to be delivered; empty if the webhook, the message or the membership is gone. */
    private Optional<Pending> pending(ParkedDelivery delivery) {
      return webhooks.enabled(delivery.userId(), delivery.webhookId())
        .filter(webhook -> webhook.tellsOf(delivery.event()))
        .flatMap(webhook -> messages.find(delivery.event())
          .filter(_ -> messages.mayBeToldOf(delivery.event(), delivery.userId()))
          .map(found -> new Pending(webhook, delivery.event(), found.message(), delivery.attempts(),
              delivery.firstFailedAt())));
    }
  }

  /**
   * The failures of one webhook in one run. After one without an answer, or some that were refused, the other
   * deliveries count as failed too: trying them would take the time of other webhooks.
   */
  private static final class Failures {
    private int refused;
    private @Nullable DeliveryOutcome enough;

    synchronized void add(DeliveryOutcome outcome) {
      if (outcome.result() == Result.NO_ANSWER
          || (outcome.result() == Result.REFUSED && ++refused >= MAX_REFUSED)) {
        enough = outcome;
      }
    }

    /** The last failure, if there were so many that it stands for the rest. */
    synchronized @Nullable DeliveryOutcome enough() {
      return enough;
    }
  }
}
