package dev.knatter.bench.early;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.Proc;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.report.Table;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.FirstRequests;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;

/**
 * {@code ./knatter bench early}: what the first two thousand requests of a process take. A pod that scales to zero answers
 * few more in its life, and its code is young for all of them.
 */
public final class EarlyBench {
  /** The last request of each part of a process's life. */
  private static final List<Integer> PARTS = List.of(1, 10, 50, 200, 1_000, 2_000);
  private static final int SLOW_UNTIL = 200;
  private static final Duration SLOW = Duration.ofMillis(100);
  private static final Duration FAST = Duration.ofMillis(10);

  private final EarlyOptions options;
  private final BenchEnvironment bench;
  private final Consumer<String> progress;

  private EarlyBench(EarlyOptions options, BenchEnvironment bench, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.progress = progress;
  }

  /**
   * A program, and what it is asked.
   *
   * @param request by the number of the request
   * @param status  that answers each
   */
  private record Subject(String name, List<String> command, int status, IntFunction<byte[]> request) {}

  /** One part of one life: the time to each answer, and the processor time a request. */
  private record Part(Latencies latencies, double cpuMillis) {}

  public static void run(EarlyOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    try (BenchEnvironment bench = BenchEnvironment.open(options.jvm(), progress)) {
      progress.accept("Writing the messages that will be read");
      TestUsers users = bench.people();
      new EarlyBench(options, bench, progress).measure(users);
    }
  }

  private void measure(TestUsers users) throws Exception {
    Packages packages = new Packages(bench, users, new FirstRequests(bench.env(), users), progress);
    RequestFactory requests = new RequestFactory(bench.env(), users);
    IntFunction<byte[]> send = i -> requests.send(users.writing().get(i % users.writing().size()));
    IntFunction<byte[]> page = i -> requests.page(users.reading().get(i % users.reading().size()));
    List<Subject> subjects = List.of(
        new Subject(Packages.FLOOR, packages.floor().command(), 201, send),
        new Subject("send", Packages.product("send").command(), 201, send),
        new Subject("messages", Packages.product("messages").command(), 200, page));
    Map<String, List<List<Part>>> lives = new LinkedHashMap<>();
    for (int start = 1; start <= options.starts(); start++) {
      for (Subject subject : subjects) {
        progress.accept("%s, start %d of %d".formatted(subject.name(), start, options.starts()));
        lives.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(live(subject));
      }
    }
    System.out.print(table(lives));
  }

  private List<Part> live(Subject subject) throws Exception {
    try (FunctionProcess process = bench.prepare(subject.name(), subject.command(), Map.of())) {
      process.start();
      List<Part> parts = new ArrayList<>();
      try (HttpConnection connection = process.awaitReady()) {
        int done = 0;
        for (int last : PARTS) {
          Latencies latencies = new Latencies();
          double before = Proc.cpuSeconds(process.pid());
          for (int i = done; i < last; i++) {
            latencies.add(ask(subject, connection, i));
          }
          double cpu = (Proc.cpuSeconds(process.pid()) - before) * 1_000 / (last - done);
          parts.add(new Part(Latencies.all(List.of(latencies)), cpu));
          done = last;
        }
      }
      return parts;
    }
  }

  /** Asks once and then waits until the next request is due; the nanoseconds to the answer. */
  private static long ask(Subject subject, HttpConnection connection, int i) throws IOException {
    byte[] request = subject.request().apply(i);
    long start = System.nanoTime();
    int status = connection.exchange(request);
    long taken = System.nanoTime() - start;
    if (status != subject.status()) {
      throw new IOException("%s answered %d: %s".formatted(subject.name(), status, connection.body()));
    }
    long due = start + (i < SLOW_UNTIL ? SLOW : FAST).toNanos();
    while (due - System.nanoTime() > 0) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return taken;
  }

  private static String table(Map<String, List<List<Part>>> lives) {
    Table table = new Table();
    table.row("request", "", "median ms", "CPU ms a request");
    lives.forEach((name, all) -> IntStream.range(0, PARTS.size()).forEach(part -> {
      int first = part == 0 ? 1 : PARTS.get(part - 1) + 1;
      table.row(name, first == PARTS.get(part) ? "" + first : first + "–" + PARTS.get(part),
          Spread.of(all.stream().map(life -> life.get(part).latencies().millis(0.5)).toList()).text(1),
          Spread.of(all.stream().map(life -> life.get(part).cpuMillis()).toList()).text(1));
    }));
    return table.text();
  }
}
