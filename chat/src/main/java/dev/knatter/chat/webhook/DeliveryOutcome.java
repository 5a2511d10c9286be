package dev.knatter.chat.webhook;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt to deliver an event.
 *
 * @param status the status of the receiver's answer; null if it did not answer
 * @param words  a sentence for the webhook's owner. It repeats nothing that the receiver sent
 */
public record DeliveryOutcome(Result result, @Nullable Integer status, String words, Duration latency) {
  /** What follows from it. */
  public enum Result {
    /** The receiver has accepted the event. */
    DELIVERED,
    /** The receiver wants no events any more (410). */
    GONE,
    /** The receiver answered something else. */
    REFUSED,
    /** There was no answer, for whatever reason. */
    NO_ANSWER,
    /** Nothing was sent, because this process has too much to send at this moment. */
    NOT_SENT
  }

  /** What an answer with this status means. */
  public static DeliveryOutcome answered(int status, Duration latency) {
    Result result = status >= 200 && status < 300
        ? Result.DELIVERED
        : status == 410 ? Result.GONE : Result.REFUSED;
    String redirect = status >= 300 && status < 400 ? " Redirects are not followed." : "";
    return new DeliveryOutcome(result, status, "The receiver answered " + status + "." + redirect, latency);
  }

  public static DeliveryOutcome unanswered(String words, Duration latency) {
    return new DeliveryOutcome(Result.NO_ANSWER, null, words, latency);
  }

  public static DeliveryOutcome notSent(String words) {
    return new DeliveryOutcome(Result.NOT_SENT, null, words, Duration.ZERO);
  }

  public boolean isDelivered() {
    return result == Result.DELIVERED;
  }
}
