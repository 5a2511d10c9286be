package dev.knatter.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final LoadDuration SHORT = new LoadDuration(Duration.ofMillis(20), Duration.ofMillis(50));

  @Test
  void run_ofTwoWorkers_countsNoMoreThanWasDoneAndClosesThem() throws InterruptedException {
    AtomicLong done = new AtomicLong();
    AtomicInteger closed = new AtomicInteger();
    List<String> marks = new ArrayList<>();
    Worker worker = new Worker() {
      @Override
      public void once() {
        done.incrementAndGet();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };

    Outcome outcome = ClosedLoop.run(List.of(worker, worker), Thread.ofPlatform().factory(), SHORT,
        new MeasurementListener() {
          @Override
          public void begin() {
            marks.add("begin");
          }

          @Override
          public void end() {
            marks.add("end");
          }
        });

    assertThat(outcome.rate()).isPositive();
    assertThat(outcome.rate() * SHORT.window().toMillis() / 1_000).isLessThanOrEqualTo((double) done.get());
    assertThat(outcome.p50()).isLessThanOrEqualTo(outcome.p99());
    assertThat(outcome.failures()).isZero();
    assertThat(closed).hasValue(2);
    assertThat(marks).containsExactly("begin", "end");
  }

  @Test
  void run_ofAWorkerThatFails_saysWhatTheFirstFailureSaid() throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    Worker worker = () -> {
      throw new IOException("no. " + number.incrementAndGet());
    };

    Outcome outcome = ClosedLoop.run(List.of(worker), Thread.ofPlatform().factory(), SHORT,
        MeasurementListener.NONE);

    assertThat(outcome.rate()).isZero();
    assertThat(outcome.p99()).isNaN();
    assertThat(outcome.failures()).isEqualTo(number.get());
    assertThat(outcome.failure()).endsWith("no. 1");
  }
}
