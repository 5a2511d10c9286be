package dev.knatter.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.http.User;

/**
 * Two users write to each other and read along, in the conversation and in their inboxes, while the processes that serve
 * them are stopped and continued at random.
 *
 * @param sent the ids of the acknowledged messages, with the time of the acknowledgement
 * @param skipped what a walk to the past did not show although it had been acknowledged before
 */
record PausedProcesses(long seed, User ada, User grace, Map<String, Instant> sent, List<CursorKeeper> readers,
    Set<String> skipped) {
  private static final int WRITERS = 4;
  private static final Duration NORMALLY = Duration.ofSeconds(15);
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(30);
  private static final Duration BETWEEN_READS = Duration.ofMillis(20);
  /** The newest page may be a second old. The rest is for a busy machine. */
  private static final Duration CACHED = Duration.ofSeconds(2);

  static PausedProcesses happen(Deployment deployment) {
    long seed = Soak.seed();
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    List<Pod> writing = deployment.pods("/v1/send", 2);
    List<Pod> reading = deployment.pods("/v1/messages", 2);
    PausedProcesses chat = new PausedProcesses(seed, ada, grace, new ConcurrentHashMap<>(),
        List.of(
            new CursorKeeper("Ada's conversation", ada, reading, seed + 1, "with", grace.name()),
            new CursorKeeper("Grace's conversation", grace, reading, seed + 2, "with", ada.name()),
            new CursorKeeper("Ada's inbox", ada, reading, seed + 3),
            new CursorKeeper("Grace's inbox", grace, reading, seed + 4)),
        ConcurrentHashMap.newKeySet());
    chat.run(writing, Stream.concat(writing.stream(), reading.stream()).distinct().toList());
    return chat;
  }

  private void run(List<Pod> writing, List<Pod> all) {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger number = new AtomicInteger();
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Writer writer = i % 2 == 0
          ? new Writer(ada, grace.name(), writing, seed + 10 + i)
          : new Writer(grace, ada.name(), writing, seed + 10 + i);
      tasks.add(() -> {
        while (!ended(end, BETWEEN_MESSAGES)) {
          sent.put(writer.say(Integer.toString(number.incrementAndGet())).id(), Instant.now());
        }
      });
    }
    readers.forEach(reader -> tasks.add(repeat(end, reader::step)));
    tasks.add(repeat(end, () -> lookBack(new PageWalk(ada, "with", grace.name()))));
    tasks.add(repeat(end, () -> lookBack(new PageWalk(grace))));
    tasks.add(() -> new RandomPauses(all, seed).until(end));
    tasks.add(() -> end(end));
    atOnce(tasks);
  }

  /** Whoever walks to the past sees at least what was there when he began. */
  private void lookBack(PageWalk walk) {
    Instant before = Instant.now().minus(CACHED);
    Set<String> there = new HashSet<>(sent.keySet());
    there.removeIf(id -> sent.getOrDefault(id, Instant.MAX).isAfter(before));
    walk.toThePast(100).forEach(there::remove);
    skipped.addAll(there);
  }

  private static Runnable repeat(CountDownLatch end, Runnable action) {
    return () -> {
      while (!ended(end, BETWEEN_READS)) {
        action.run();
      }
    };
  }

  private static void end(CountDownLatch end) {
    boolean _ = ended(end, Soak.length(NORMALLY));
    end.countDown();
  }

  private static boolean ended(CountDownLatch end, Duration within) {
    try {
      return end.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void atOnce(List<Runnable> tasks) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> task : tasks.stream().map(threads::submit).toList()) {
        task.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
