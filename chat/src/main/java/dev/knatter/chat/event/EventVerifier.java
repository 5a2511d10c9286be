package dev.knatter.chat.event;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Verifies that one of the configured sources has signed an event, for what is done here, and not too long ago. */
final class EventVerifier {
  /** Clocks differ. */
  private static final Duration GOOD_BEFORE = Duration.ofMinutes(5);
  /** Less than the 30 days for which the ids of events are remembered: within it, an event is done once. */
  private static final Duration GOOD_AFTER = Duration.ofDays(25);

  private final EventSources sources;
  private final CommandType type;
  private final Clock clock;

  EventVerifier(EventSources sources, CommandType type, Clock clock) {
    this.sources = sources;
    this.type = type;
    this.clock = clock;
  }

  /**
   * @param attributes the value of a context attribute; null if the event does not have it
   * @throws InvalidRequest if the event must not be believed
   */
  SignedEvent verify(Function<String, @Nullable Object> attributes, byte[] data) {
    String id = text(attributes, "id");
    String source = text(attributes, "source");
    String eventType = text(attributes, "type");
    Instant time = time(text(attributes, "time"));
    String signature = text(attributes, EventSignature.ATTRIBUTE);
    List<EventSource> known = sources.of(source);
    require(!known.isEmpty(), "source", "is not one that is configured");
    byte[] canonical = CanonicalJson.of(data);
    EventSource signer = known.stream()
      .filter(each -> EventSignature.fits(signature, each.key(), id, source, eventType, time, canonical))
      .findFirst()
      .orElseThrow(() -> new InvalidRequest("/" + EventSignature.ATTRIBUTE, "does not fit the event"));
    require(eventType.equals(type.text()), "type", "is not that of this function");
    require(signer.types().contains(type), "type", "is not one that the source may use");
    Duration age = Duration.between(time, clock.instant());
    require(age.plus(GOOD_BEFORE).compareTo(Duration.ZERO) >= 0, "time",
        "is more than 5 minutes in the future");
    require(age.compareTo(GOOD_AFTER) <= 0, "time", "is more than 25 days ago");
    return new SignedEvent(signer, id, canonical);
  }

  private static String text(Function<String, @Nullable Object> attributes, String name) {
    if (attributes.apply(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new InvalidRequest("/" + name, "is missing");
  }

  private static Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return Instant.ofEpochMilli(time.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidRequest("/time", "must be an RFC 3339 time");
    }
  }

  private static void require(boolean condition, String attribute, String detail) {
    if (!condition) {
      throw new InvalidRequest("/" + attribute, detail);
    }
  }
}
