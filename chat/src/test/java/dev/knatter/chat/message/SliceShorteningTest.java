package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SliceShorteningTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final UUID ada = UUID.randomUUID();
  private final Conversation conversation = Conversation.direct(ada, new UUID(1, 1));
  private final Random random = new Random(5);
  private final Instant now = middleOfAWindow();
  private final MovableClock clock = new MovableClock(now);
  private Pod pod = new Pod(stores.cassandra(), clock, 1);

  /** So that no change would have to begin in the next window; near the store's clock, which dates the change. */
  private static Instant middleOfAWindow() {
    Instant present = Clock.systemUTC().instant();
    long left = SliceWindow.LENGTH - Math.floorMod(present.toEpochMilli(), SliceWindow.LENGTH);
    return left > Duration.ofHours(1).toMillis() ? present : present.plus(Duration.ofHours(2));
  }

  @AfterEach
  void close() {
    pod.close();
  }

  private Message send(String content) {
    Draft draft = new Draft(conversation, ada, content, "text/plain", null, null);
    return pod.log.append(draft, Uuid7.of(clock.millis(), random.nextLong(), random.nextLong())).message();
  }

  private List<Row> history() {
    return stores.session()
      .execute("SELECT conversation_id, starts_at, length FROM slice_history")
      .all()
      .stream()
      .filter(row -> conversation.id().equals(row.getUuid("conversation_id")))
      .toList();
  }

  @Test
  void conversationOfLittleText_keepsItsSlice() {
    for (int i = 0; i < 100; i++) {
      send("hello " + i);
    }
    assertThat(history()).isEmpty();
  }

  @Test
  void conversationOfMuchText_getsShorterSlicesInFiveMinutes() {
    String large = "x".repeat(16_000);
    int sent = 0;
    while (history().isEmpty()) {
      send(large);
      sent++;
      assertThat(sent).as("messages of 16 kB before a slice counts as full").isLessThan(700);
    }
    // A sample stands for 64 KiB and its size is taken half as high again: 5 MiB are some 220 such messages.
    assertThat(sent).isGreaterThan(120);
    Row change = history().getFirst();
    assertThat(change.getLong("starts_at")).isEqualTo(now.plus(Duration.ofMinutes(5)).toEpochMilli());
    assertThat(change.getInt("length")).isEqualTo(300);

    Message before = send("before");
    clock.advance(Duration.ofMinutes(6));
    pod.close();
    pod = new Pod(stores.cassandra(), clock, 2); // one that knows the change
    Message after = send("after");
    Timeline timeline = new Timeline(pod.cassandra, pod.slices);
    assertThat(pod.slices.of(conversation.id(), after.id())).isEqualTo(change.getLong("starts_at"));
    assertThat(timeline.find(conversation.id(), after.id())).contains(after);
    assertThat(timeline.find(conversation.id(), before.id())).contains(before);
    send(large);
    assertThat(history()).hasSize(1);
  }
}
