package dev.knatter.functions.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

final class ToldMessagesTest {
  private final ToldMessages told = new ToldMessages();
  private final long now = System.nanoTime();

  @Test
  void connection_wasToldOnlyWhatCameAfterItHadSubscribed() {
    told.add("user:1", "message:1", now);
    assertThat(told.contains("user:1", "message:1", now - 1, 0)).isTrue();
    assertThat(told.contains("user:1", "message:1", now + 1, 0)).isFalse();
    assertThat(told.contains("user:1", "message:2", now - 1, 0)).isFalse();
    assertThat(told.contains("user:2", "message:1", now - 1, 0)).isFalse();
  }

  @Test
  void memory_isBoundedInNumberAndTime() {
    told.add("user:1", "first", now);
    for (int i = 0; i < ToldMessages.MAX_PER_USER; i++) {
      told.add("user:1", "message:" + i, now);
    }
    assertThat(told.contains("user:1", "first", now, 0)).isFalse();
    assertThat(told.contains("user:1", "message:0", now, 0)).isTrue();

    told.add("user:2", "old", now - Duration.ofMinutes(2).toNanos());
    told.forgetOld();
    assertThat(told.contains("user:2", "old", now - Duration.ofMinutes(3).toNanos(), 0)).isFalse();
    assertThat(told.contains("user:1", "message:0", now, 0)).isTrue();
  }

  @Test
  void memory_isBoundedForAllUsersTogether_andIsGivenBack() {
    long old = now - Duration.ofMinutes(2).toNanos();
    for (int i = 0; i < ToldMessages.MAX; i++) {
      told.add("user:" + i / ToldMessages.MAX_PER_USER, "message:" + i, old);
    }
    told.add("user:one more", "message:1", now);
    assertThat(told.contains("user:one more", "message:1", now, 0)).isFalse();
    told.add("user:0", "message:new", now);
    assertThat(told.contains("user:0", "message:new", now, 0)).as("instead of the oldest of this user")
      .isTrue();

    told.forgetOld();
    told.add("user:one more", "message:1", now);
    assertThat(told.contains("user:one more", "message:1", now, 0)).isTrue();
  }

  @Test
  void whatIsBeingToldAtThisMoment_doesNotCountWhereItMayNotBeWrittenYet() {
    long since = now - Duration.ofMinutes(1).toNanos();
    told.add("user:1", "message:now", System.nanoTime());
    told.add("user:1", "message:before", System.nanoTime() - Duration.ofSeconds(30).toNanos());
    long leastAge = Duration.ofSeconds(20).toNanos();
    assertThat(told.contains("user:1", "message:now", since, 0)).isTrue();
    assertThat(told.contains("user:1", "message:now", since, leastAge)).isFalse();
    assertThat(told.contains("user:1", "message:before", since, leastAge)).isTrue();
  }
}
