package dev.knatter.functions.deadletters;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeliveryError;
import dev.knatter.chat.deadletter.StoredLetter;
import dev.knatter.shared.Base64Text;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in an answer to an operator: the event, and why it could not be delivered.
 *
 * @param data       the event's data if they are text in UTF-8, else null
 * @param dataBase64 the event's data in base64 if they are not text, else null
 */
public record LetterAnswer(UUID id, String source, String type, String eventId, @Nullable String subject,
    @Nullable Instant time, @Nullable String dataContentType, Map<String, String> extensions,
    Instant firstArrivedAt, Instant arrivedAt, int arrivals, int retries, @Nullable Instant nextRetryAt,
    Instant expiresAt, DeliveryError error, @Nullable String data, @Nullable String dataBase64) {
  private static final Set<String> NAMED = Set.of("specversion", "id", "source", "type", "subject", "time",
      "datacontenttype");

  static LetterAnswer of(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    Map<String, String> attributes = letter.attributes();
    Map<String, String> extensions = new TreeMap<>(attributes);
    extensions.keySet().removeAll(NAMED);
    String text = letter.text();
    return new LetterAnswer(stored.id(), letter.source(), letter.type(), letter.eventId(),
        attributes.get("subject"), letter.time().orElse(null), attributes.get("datacontenttype"), extensions,
        stored.firstArrivedAt(), stored.arrivedAt(), stored.arrivals(), stored.retries(),
        stored.nextRetryAt(), stored.expiresAt(), letter.error(), text,
        text == null ? Base64Text.encode(letter.data()) : null);
  }
}
