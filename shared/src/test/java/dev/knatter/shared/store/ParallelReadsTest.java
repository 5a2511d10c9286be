package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.knatter.shared.DomainError.Unavailable;
import org.junit.jupiter.api.Test;

final class ParallelReadsTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

  @Test
  void results_comeInTheOrderOfTheItems_withNotTooManyCallsAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> doubled = ParallelReads.map(ITEMS, 4, item -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      LockSupport.parkNanos(100_000);
      running.decrementAndGet();
      return 2 * item;
    });
    assertThat(doubled).isEqualTo(ITEMS.stream().map(item -> 2 * item).toList());
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void failureOfOneCall_isThrown() {
    assertThatThrownBy(() -> ParallelReads.map(ITEMS, 4, item -> {
      if (item == 100) {
        throw new Unavailable("away");
      }
      return item;
    })).isInstanceOf(Unavailable.class);
  }

  @Test
  void calls_haveTheDeadlineOfTheCaller() throws Exception {
    Duration limit = Duration.ofMinutes(5); // more than a call has that is under no deadline
    List<Duration> left = Deadline.within(limit,
        () -> ParallelReads.map(ITEMS, 4, _ -> Deadline.remaining()));
    assertThat(left).allSatisfy(each -> assertThat(each).isBetween(Duration.ofMinutes(1), limit));
  }
}
