package dev.knatter.chat.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;

/** Dead letters on a clock of the test's. An event with the attribute {@code signer} is signed by that user. */
final class Letters {
  static final Duration ENOUGH = Duration.ofMinutes(1);

  final MovableClock clock = new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
  final Broker broker = new Broker();
  final DeadLetters letters;
  final DeadLetterRetry retry;
  final BulkRetry bulk;
  final DeadLetterRetries retries;

  Letters(Cassandra cassandra) {
    Backoff backoff = new Backoff(3);
    DeadLetterMeters meters = new DeadLetterMeters();
    letters = new DeadLetters(cassandra, clock,
        letter -> Optional.ofNullable(letter.attributes().get("signer")).map(UUID::fromString), backoff,
        meters);
    retry = new DeadLetterRetry(cassandra, clock, backoff, broker, meters);
    bulk = new BulkRetry(retry, clock);
    retries = new DeadLetterRetries(retry, clock);
  }

  /** @param more names and values of attributes, alternating */
  static DeadLetter letter(String id, String data, String... more) {
    Map<String, String> attributes = new HashMap<>(Map.of("specversion", "1.0", "id", id, "source", "/test",
        "type", "dev.knatter.test", "knativeerrorcode", "400", "knativeerrordata", "d3Jvbmc=",
        "knativeerrordest", "http://evil.example"));
    for (int i = 0; i < more.length; i += 2) {
      attributes.put(more[i], more[i + 1]);
    }
    return DeadLetter.of(attributes, data.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes out what other tests have left: also what is remembered of an event whose letter was deleted. */
  void empty(CqlSession session) {
    for (String table : List.of("dead_letters", "dead_letter_contents", "dead_letter_list",
        "dead_letter_schedule", "dead_letter_progress")) {
      session.execute("TRUNCATE " + table);
    }
  }

  UUID arrive(String id, String... more) {
    return letters.arrived(letter(id, "{\"number\":1}", more));
  }

  StoredLetter find(UUID letter) {
    return letters.find(letter).orElseThrow();
  }

  /** The list from its head to its end, in pages of this size. */
  List<StoredLetter> list(int limit) {
    List<StoredLetter> all = new ArrayList<>();
    @Nullable
    UUID before = null;
    do {
      DeadLetters.Page page = letters.page(before, limit);
      all.addAll(page.letters());
      before = page.next();
    } while (before != null);
    return all;
  }

  List<String> eventIds(int limit) {
    return list(limit).stream().map(stored -> stored.letter().eventId()).toList();
  }
}
