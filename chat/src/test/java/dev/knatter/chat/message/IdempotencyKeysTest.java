package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IdempotencyKeysTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Instant now = Clock.systemUTC().instant();
  private final MovableClock clock = new MovableClock(now);
  private final UUID ada = UUID.randomUUID();
  private final Draft draft = draft("hello");
  private final Pod pod = new Pod(stores.cassandra(), clock, 1);

  @AfterEach
  void close() {
    pod.close();
  }

  private Draft draft(String content) {
    return new Draft(Conversation.direct(ada, new UUID(1, 1)), ada, content, "text/plain", null, null);
  }

  private SendResult append(Draft some) {
    return pod.keys.append(some, "key", pod.ids.mint());
  }

  /** What a process leaves that is killed between the reservation and the batch. */
  private void reserveOnly() {
    Message message = append(draft).message();
    new Timeline(pod.cassandra, pod.slices).voidId(message.conversationId(), message.id());
  }

  @Test
  void sameKey_twentyTimesAtOnce_isOneMessage() throws Exception {
    Callable<UUID> attempt = () -> append(draft).message().id();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<UUID>> attempts = threads.invokeAll(Collections.nCopies(20, attempt));
      UUID first = attempts.getFirst().get();
      for (Future<UUID> each : attempts) {
        assertThat(each.get()).isEqualTo(first);
      }
    }
  }

  @Test
  void sameKey_ofAnotherBody_isRefused() {
    append(draft);
    assertThatThrownBy(() -> append(draft("other"))).isInstanceOf(ClientIdReused.class);
  }

  @Test
  void sameKey_ofAnotherUser_isAnotherMessage() {
    UUID first = append(draft).message().id();
    UUID bob = UUID.randomUUID();
    Draft other = new Draft(Conversation.direct(bob, new UUID(1, 1)), bob, "hello", "text/plain", null, null);
    assertThat(append(other).message().id()).isNotEqualTo(first);
  }

  @Test
  void sameEvent_ofAnotherUser_isRefused() {
    SendKey.Event event = new SendKey.Event("/shop", UUID.randomUUID().toString(), pod.ids.mint());
    Message first = pod.keys.append(draft, event).message();
    assertThat(pod.keys.append(draft, event)).isEqualTo(new SendResult(first, true));
    UUID bob = UUID.randomUUID();
    Draft other = new Draft(draft.conversation(), bob, "hello", "text/plain", null, null);
    assertThatThrownBy(() -> pod.keys.append(other, event)).isInstanceOf(ClientIdReused.class);
    assertThat(append(draft).replayed()).as("a key of the user's own").isFalse();
  }

  @Test
  void sameKey_weeksLater_isAReplay() {
    Message first = append(draft).message();
    clock.advance(Duration.ofDays(29));
    assertThat(append(draft)).isEqualTo(new SendResult(first, true));
  }

  @Test
  void keyReservedByAKilledAttempt_whileItMayLand_isUnavailable() {
    reserveOnly();
    clock.advance(Duration.ofSeconds(90));
    assertThatThrownBy(() -> append(draft)).isInstanceOf(Unavailable.class);
  }

  @Test
  void keyReservedByAKilledAttempt_onceNothingCanLand_standsForAFreshMessage() {
    reserveOnly();
    clock.advance(Duration.ofSeconds(121));
    SendResult sent = append(draft);

    assertThat(sent.replayed()).isFalse();
    assertThat(sent.message().sentAt().toEpochMilli()).isEqualTo(clock.millis());
    assertThat(append(draft).message()).isEqualTo(sent.message());
  }
}
