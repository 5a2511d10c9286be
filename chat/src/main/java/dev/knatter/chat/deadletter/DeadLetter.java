package dev.knatter.chat.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import org.jspecify.annotations.Nullable;

/**
 * An event that the broker could not deliver.
 *
 * @param attributes the event's context attributes (CloudEvents 1.0 §3) as their producer made them, by name;
 *     {@code id}, {@code source} and {@code type} are there
 * @param data  the event's data, of any type; may be empty
 * @param error what the broker says of the failure
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares dead letters
public record DeadLetter(Map<String, String> attributes, byte[] data, DeliveryError error) {
  /** The last moment that every client can read as RFC 3339. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  public DeadLetter {
    attributes = Map.copyOf(attributes);
  }

  /** @param attributes as the broker brings them, with those that say why it gave up */
  public static DeadLetter of(Map<String, String> attributes, byte[] data) {
    Map<String, String> original = new HashMap<>(attributes);
    return new DeadLetter(original, data, DeliveryError.takeFrom(original));
  }

  /** One for each event, however often it arrives: the producer has said that source and id are of this event only. */
  public UUID id() {
    return Uuid8.of(new Digest().add("dead letter").add(source()).add(eventId()));
  }

  public String source() {
    return required("source");
  }

  public String eventId() {
    return required("id");
  }

  public String type() {
    return required("type");
  }

  /** When the event happened, as its producer says; empty where it does not say, or says no time that can be. */
  public Optional<Instant> time() {
    String text = attributes.get("time");
    try {
      return Optional.ofNullable(text)
        .map(time -> OffsetDateTime.parse(time).toInstant())
        .filter(time -> time.isAfter(Instant.EPOCH) && time.isBefore(END_OF_TIME));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The data as text; null where they are none in UTF-8. */
  public @Nullable String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private String required(String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("An event without " + name);
    }
    return value;
  }

  /** Without the event: this may end up in a log. */
  @Override
  public String toString() {
    return "DeadLetter[" + id() + "]";
  }
}
