package dev.knatter.local.broker;

import java.time.Duration;

/**
 * How often the broker tries to deliver an event again, and after which pauses: the {@code delivery} of a Broker or a
 * Trigger.
 *
 * @param retry   the number of attempts after the first one
 * @param backoff how the pauses grow
 * @param delay   the unit of the pauses
 */
public record Delivery(int retry, Backoff backoff, Duration delay) {
  /** The names of Knative, in upper case. */
  public enum Backoff {
    LINEAR, EXPONENTIAL
  }

  private static final int LARGEST_POWER = 20;

  public Delivery {
    if (retry < 0 || delay.isNegative()) {
      throw new IllegalArgumentException("Neither retry nor delay may be negative: " + retry + ", " + delay);
    }
  }

  /**
   * Returns the pause before a retry, by the rule of Knative's in-memory broker (eventing, pkg/kncloudevents/retries.go):
   * the first pause is the delay itself, or none with the linear policy. Knative's Kafka broker begins one step later.
   *
   * @param number the number of the retry, from 0
   */
  Duration pause(int number) {
    return switch (backoff) {
      case LINEAR -> delay.multipliedBy(number);
      case EXPONENTIAL -> delay.multipliedBy(1L << Math.min(number, LARGEST_POWER));
    };
  }
}
