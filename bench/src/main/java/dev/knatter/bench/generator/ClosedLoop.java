package dev.knatter.bench.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A load of workers of which each makes its next request when the last one is answered. So the rate is what the
 * other side can do, and the latency is that at this many requests at once, not at a chosen rate.
 */
public final class ClosedLoop {
  private enum Phase {
    LEAD, MEASURED, OVER
  }

  private String failure = "";
  private long failures;
  private volatile Phase phase = Phase.LEAD;

  private ClosedLoop() {}

  public static Outcome run(List<? extends Worker> workers, ThreadFactory threads, LoadDuration pace,
      MeasurementListener marks)
      throws InterruptedException {
    return new ClosedLoop().measure(workers, threads, pace, marks);
  }

  private Outcome measure(List<? extends Worker> workers, ThreadFactory threads, LoadDuration pace,
      MeasurementListener marks)
      throws InterruptedException {
    List<Latencies> latencies = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (Worker worker : workers) {
      Latencies own = new Latencies();
      latencies.add(own);
      Thread thread = threads.newThread(() -> work(worker, own));
      running.add(thread);
      thread.start();
    }
    TimeUnit.NANOSECONDS.sleep(pace.lead().toNanos());
    marks.begin();
    long began = System.nanoTime();
    phase = Phase.MEASURED;
    TimeUnit.NANOSECONDS.sleep(pace.window().toNanos());
    phase = Phase.OVER;
    long took = System.nanoTime() - began;
    marks.end();
    for (Thread thread : running) {
      thread.join();
    }
    Latencies all = Latencies.all(latencies);
    return new Outcome(all.count() * 1e9 / took, all.millis(0.50), all.millis(0.99), failures, failure);
  }

  private void work(Worker worker, Latencies latencies) {
    try (worker) {
      while (phase != Phase.OVER) {
        once(worker, latencies);
      }
    } catch (Exception e) {
      failed(e);
    }
  }

  private void once(Worker worker, Latencies latencies) {
    long start = System.nanoTime();
    try {
      worker.once();
      long took = System.nanoTime() - start;
      if (phase == Phase.MEASURED) {
        latencies.add(took);
      }
    } catch (Exception e) {
      failed(e);
    }
  }

  private synchronized void failed(Exception e) {
    failure = failures == 0 ? e.toString() : failure;
    failures++;
  }
}
