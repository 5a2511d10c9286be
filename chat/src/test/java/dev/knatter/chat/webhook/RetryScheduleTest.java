package dev.knatter.chat.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class RetryScheduleTest {
  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");

  private final RetrySchedule schedule = new RetrySchedule(new Random());

  @RepeatedTest(5)
  void attempts_comeLessAndLessOftenAndForTheLastTimeAfterADay() {
    List<Duration> pauses = new ArrayList<>();
    Instant now = FIRST;
    int made = 1;
    for (Optional<Instant> next = schedule.next(made, FIRST, now); next.isPresent();) {
      pauses.add(Duration.between(now, next.get()));
      now = next.get();
      made++;
      next = schedule.next(made, FIRST, now);
    }

    assertThat(made).isEqualTo(8);
    assertThat(now).isEqualTo(FIRST.plus(Duration.ofHours(24)));
    assertThat(pauses.subList(0, 6)).isSorted();
    List<Long> minutes = List.of(10L, 30L, 60L, 120L, 240L, 480L);
    for (int i = 0; i < minutes.size(); i++) {
      assertThat(pauses.get(i)).isBetween(Duration.ofMinutes(minutes.get(i)),
          Duration.ofSeconds(minutes.get(i) * 72));
    }
  }

  @Test
  void lastAttempt_thatComesTooLate_stillComes() {
    Instant late = FIRST.plus(Duration.ofDays(3));
    assertThat(schedule.next(7, FIRST, late)).hasValueSatisfying(next -> assertThat(next).isAfter(late));
  }
}
