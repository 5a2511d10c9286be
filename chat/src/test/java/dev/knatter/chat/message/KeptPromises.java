package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.DomainError.InFlight;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.MovableClock;

/**
 * Some messages are sent again and again by two processes, under client ids of any age and under opaque keys, while time
 * passes and the clocks are set. Whatever was acknowledged is there from then on; whatever was refused for good never is.
 */
final class KeptPromises implements AutoCloseable {
  private static final int MESSAGES = 12;
  private static final int STEPS = 150;
  private static final int SKEW = 1_000;
  /** By less than lies between the ages of 60 seconds, up to which an id is fresh, and 120, from which it is made void. */
  private static final int SET_BACK = 55_000;

  /** A message, and what its client calls it. */
  private record Letter(Draft draft, UUID clientId, boolean opaque) {}

  private final Random random;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T08:00:00Z"));
  private final List<Pod> pods;
  private final Timeline timeline;
  private final List<Letter> letters = new ArrayList<>();
  private final Map<Letter, Message> acknowledged = new HashMap<>();
  private final Set<Letter> refused = new HashSet<>();
  private Instant latest = clock.instant();

  KeptPromises(MigratedStores stores, long seed) {
    random = new Random(seed);
    pods = List.of(pod(stores.cassandra(0)), pod(stores.cassandra(1)));
    timeline = new Timeline(pods.getFirst().cassandra, pods.getFirst().slices);
    UUID ada = UUID.randomUUID();
    for (int i = 0; i < MESSAGES; i++) {
      long time = clock.millis() + random.nextInt(-200_000, 400_000);
      letters.add(new Letter(
          new Draft(Conversation.direct(ada, new UUID(1, 1)), ada, "letter " + i, "text/plain", null, null),
          Uuid7.of(time, random.nextLong(), random.nextLong()), random.nextInt(4) == 0));
    }
  }

  private Pod pod(Cassandra cassandra) {
    Clock skewed = Clock.offset(clock, Duration.ofMillis(random.nextInt(-SKEW, SKEW + 1)));
    return new Pod(cassandra, skewed, random.nextLong());
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      passTime();
      attempt(letters.get(random.nextInt(MESSAGES)));
    }
    acknowledged.forEach(this::check);
  }

  private void passTime() {
    clock.advance(Duration.ofMillis(random.nextInt(random.nextInt(8) == 0 ? 60_000 : 5_000)));
    latest = clock.instant().isAfter(latest) ? clock.instant() : latest;
    if (random.nextInt(10) == 0) {
      clock.set(latest.minusMillis(random.nextInt(SET_BACK)));
    }
  }

  private void attempt(Letter letter) {
    Pod pod = pods.get(random.nextInt(pods.size()));
    try {
      SendResult sent = letter.opaque()
          ? pod.keys.append(letter.draft(), letter.draft().content(), pod.ids.mint())
          : pod.log.append(letter.draft(), letter.clientId());
      assertThat(refused).as("refused for good and acknowledged now").doesNotContain(letter);
      Message before = acknowledged.putIfAbsent(letter, sent.message());
      assertThat(sent.message()).isEqualTo(before == null ? sent.message() : before);
      check(letter, sent.message());
    } catch (StaleClientId e) {
      assertThat(acknowledged).as("acknowledged and refused now").doesNotContainKey(letter);
      if (!pod.log.isAhead(letter.clientId())) {
        refused.add(letter);
      }
    } catch (Unavailable | InFlight e) {
      // May be tried again.
    }
  }

  private void check(Letter letter, Message message) {
    assertThat(timeline.find(message.conversationId(), message.id())).as("%s", letter).contains(message);
  }

  @Override
  public void close() {
    pods.forEach(Pod::close);
  }
}
