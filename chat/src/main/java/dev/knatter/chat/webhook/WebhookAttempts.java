package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.webhook.DeliveryOutcome.Result;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts to deliver and stores what follows from them: a report, a later attempt, or a disabled webhook. */
final class WebhookAttempts {
  private static final Logger log = LoggerFactory.getLogger(WebhookAttempts.class);

  private final Clock clock;
  private final Webhooks webhooks;
  private final WebhookCache cache;
  private final WebhookSender sender;
  private final Publications publications;
  private final ParkedDeliveries parked;
  private final DeliveryReports reports;
  private final RetrySchedule schedule;

  /**
   * A delivery before an attempt.
   *
   * @param made          how many attempts were made
   * @param firstFailedAt when the first of them failed; null if none was made
   */
  record Pending(Webhook webhook, WebhookEvent event, MessageData message, int made,
      @Nullable Instant firstFailedAt) {
    WebhookRequest request() {
      return WebhookRequest.of(webhook, event, message);
    }
  }

  WebhookAttempts(Cassandra cassandra, Clock clock, RandomGenerator random, Webhooks webhooks,
      WebhookCache cache, ParkedDeliveries parked, WebhookSender sender, Publications publications) {
    this.clock = clock;
    this.webhooks = webhooks;
    this.cache = cache;
    this.sender = sender;
    this.publications = publications;
    this.parked = parked;
    this.reports = new DeliveryReports(cassandra, clock);
    this.schedule = new RetrySchedule(random);
  }

  /** Makes an attempt. Of an event that was not sent, nothing is stored. */
  DeliveryOutcome attempt(Pending delivery) {
    DeliveryOutcome outcome = sender.send(delivery.request());
    if (outcome.result() != Result.NOT_SENT) {
      store(delivery, outcome);
    }
    return outcome;
  }

  /** Stores an outcome as that of an attempt. */
  void store(Pending delivery, DeliveryOutcome outcome) {
    @Nullable
    Instant next = null;
    switch (outcome.result()) {
      case DELIVERED -> {
      }
      case GONE -> disable(delivery.webhook(), outcome.words());
      case REFUSED, NO_ANSWER, NOT_SENT -> next = failed(delivery, outcome);
    }
    reports.add(delivery.request(), delivery.event().messageId(), delivery.made() + 1, outcome, next);
  }

  /** Returns when the next attempt is due; null if that was the last one. */
  private @Nullable Instant failed(Pending delivery, DeliveryOutcome outcome) {
    Instant now = clock.instant();
    Instant firstFailed = delivery.firstFailedAt() == null ? now : delivery.firstFailedAt();
    int made = delivery.made() + 1;
    Optional<Instant> next = schedule.next(made, firstFailed, now);
    if (next.isPresent()) {
      parked.park(delivery.webhook().userId(), delivery.webhook().id(), delivery.event(), made, firstFailed,
          next.get());
    } else {
      disable(delivery.webhook(),
          "An event could not be delivered for 24 hours. In the end: " + outcome.words());
    }
    return next.orElse(null);
  }

  private void disable(Webhook webhook, String reason) {
    Instant now = webhooks.now();
    try (Publication publication = publications.open(WebhookEvents.disabled(webhook, now))) {
      publication.announce();
      if (webhooks.disable(webhook, now, reason)) {
        log.info("Disabled the webhook {}.", webhook.id());
        publication.happened(WebhookEvents.data(webhook));
      } else {
        publication.calledOff();
      }
    }
    cache.forget(webhook.userId());
  }
}
