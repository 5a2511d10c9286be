package dev.knatter.local.broker;

import java.time.Duration;

/**
 * How often an event is delivered again, and after which pauses: the {@code delivery} of a Broker or a Trigger.
 *
 * @param retry   the number of attempts after the first one
 * @param backoff how the pauses grow
 * @param delay   the unit of the pauses
 */
public record Delivery(int retry, Backoff backoff, Duration delay) {
  /** The names are those of Knative, in upper case. */
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
   * The pause before a retry, as Knative's in-memory broker counts it (eventing, pkg/kncloudevents/retries.go): the first
   * pause is the delay itself, or none with the linear policy. Its Kafka broker begins one step later.
   *
   * @param number of the retry, from 0
   */
  Duration pause(int number) {
    return switch (backoff) {
      case LINEAR -> delay.multipliedBy(number);
      case EXPONENTIAL -> delay.multipliedBy(1L << Math.min(number, LARGEST_POWER));
    };
  }
}
