package dev.knatter.bench.history;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.IdleWait;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.page.Direction;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * {@code ./knatter bench history}: how long a page takes at either end and in the middle of small and large, dense and sparse
 * conversations.
 */
public final class HistoryBench {
  /** Older than what a reader looks at twice, and old enough to be cached. */
  private static final Duration AGO = Duration.ofMinutes(10);
  private static final int SORTED_SECONDS = 240;
  private static final int OK = 200;

  /** A kind of page. */
  private record Kind(HistoryPlace place, Direction direction, String history) {}

  private final HistoryOptions options;
  private final BenchEnvironment bench;
  private final List<StoredHistory> histories;
  private final HistoryPages pages;
  private final Map<Kind, List<Latencies>> results = new LinkedHashMap<>();

  private HistoryBench(HistoryOptions options, BenchEnvironment bench, List<StoredHistory> histories,
      HistoryPages pages) {
    this.options = options;
    this.bench = bench;
    this.histories = histories;
    this.pages = pages;
  }

  public static void run(HistoryOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    Scheduling.inBatches(ProcessHandle.current().pid());
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress)) {
      TestUsers users = bench.people();
      List<StoredHistory> histories = write(options, bench, users, progress);
      HistoryPages pages = new HistoryPages(bench.env(), new RequestFactory(bench.env(), users),
          options.page());
      List<String> notes = new ArrayList<>(HistoryReport.notes(options));
      List<HistoryPoint> points;
      try (FunctionProcess messages = bench.start("messages", Packages.product("messages").command(),
          Map.of())) {
        progress.accept("Waiting until Cassandra has written and sorted it all");
        IdleWait.await(bench.stores(), SORTED_SECONDS);
        BackgroundLoad background = new BackgroundLoad(
            Stream.concat(bench.stores().values().stream(), Stream.of(messages.pid())).toList());
        points = new HistoryBench(options, bench, histories, pages).measure(messages.port(), progress);
        notes.addAll(BackgroundLoad.notes(background.cores(0)));
      }
      System.out.print(HistoryReport.table(histories.stream().map(StoredHistory::name).toList(), points));
      notes.forEach(note -> System.out.println("* " + note));
      if (options.json() != null) {
        Machine machine = Machine.here(Packages.jvm(Packages.product("messages")));
        Files.writeString(options.json(),
            HistoryReport.json(options, machine, Instant.now(), points, notes));
      }
    }
  }

  private static List<StoredHistory> write(HistoryOptions options, BenchEnvironment bench, TestUsers users,
      Consumer<String> progress) {
    long newest = Instant.now().minus(AGO).toEpochMilli();
    List<StoredHistory> histories = new ArrayList<>();
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(bench.env()), Clock.systemUTC())) {
      HistorySeed seed = new HistorySeed(cassandra);
      int pairs = 0;
      for (int size : options.sizes()) {
        progress.accept("Writing a conversation of %,d messages".formatted(size));
        histories.add(StoredHistory.dense(users, pairs, size, newest));
        seed.write(histories.getLast());
        pairs += histories.getLast().conversations().size();
      }
      histories.add(StoredHistory.sparse(users, pairs, newest));
      seed.write(histories.getLast());
    }
    return histories;
  }

  private List<HistoryPoint> measure(int port, Consumer<String> progress) throws Exception {
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int round = -1; round < options.rounds(); round++) {
        progress.accept(round < 0 ? "Warming up" : "Round %d of %d".formatted(round + 1, options.rounds()));
        if (round == 0) {
          results.clear();
        }
        for (HistoryPlace place : HistoryPlace.values()) {
          for (Direction direction : Direction.values()) {
            read(connection, place, direction);
          }
        }
      }
    }
    return results.keySet().stream().map(this::point).toList();
  }

  /** Every page is asked for by one request only. What disturbs the machine disturbs all conversations. */
  private void read(HttpConnection connection, HistoryPlace place, Direction direction) throws IOException {
    bench.redis().empty(); // its pages, and its rate limits
    List<Latencies> round = histories.stream().map(_ -> new Latencies()).toList();
    for (int request = 0; request < options.requests(); request++) {
      for (int i = 0; i < histories.size(); i++) {
        int turn = (i + request) % histories.size(); // none is always the first
        round.get(turn).add(nanos(connection, histories.get(turn), request, place, direction));
      }
    }
    for (int i = 0; i < histories.size(); i++) {
      results.computeIfAbsent(new Kind(place, direction, histories.get(i).name()), _ -> new ArrayList<>())
        .add(Latencies.all(List.of(round.get(i))));
    }
  }

  private long nanos(HttpConnection connection, StoredHistory history, int request, HistoryPlace place,
      Direction direction) throws IOException {
    StoredConversation conversation = history.conversation(request);
    int turn = history.turn(request);
    int first = place.first(conversation.count(), options.page(), turn, history.turns(options.requests()));
    byte[] bytes = pages.request(conversation, first, direction, turn % 2 == 1);
    long start = System.nanoTime();
    int status = connection.exchange(bytes);
    long took = System.nanoTime() - start;
    if (status != OK || !pages.isWhole(connection.body())) {
      throw new IOException("No whole page: " + status + " " + connection.body());
    }
    return took;
  }

  private HistoryPoint point(Kind kind) {
    List<Latencies> rounds = results.getOrDefault(kind, List.of());
    List<Latencies> first = results
      .getOrDefault(new Kind(kind.place(), kind.direction(), histories.getFirst().name()), List.of());
    return new HistoryPoint(kind.place(), kind.direction(), kind.history(), spread(rounds, 0.5),
        spread(rounds, 0.99),
        Spread.of(IntStream.range(0, rounds.size())
          .mapToObj(i -> rounds.get(i).millis(0.99) / first.get(i).millis(0.99))
          .toList()));
  }

  private static Spread spread(List<Latencies> rounds, double share) {
    return Spread.of(rounds.stream().map(round -> round.millis(share)).toList());
  }
}
