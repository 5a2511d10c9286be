package dev.knatter.bench.groups;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.groups.GroupPoint.Times;
import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.IdleWait;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.MessageAnswer;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * {@code ./knatter bench groups}: how long a send to a group takes until it is acknowledged, and until all members have the
 * message in their inboxes.
 */
public final class GroupBench {
  private static final int CREATED = 201;

  /** What one round has measured of one group. */
  private record Round(Latencies acknowledged, Latencies everywhere) {
    Round() {
      this(new Latencies(), new Latencies());
    }

    Round sorted() {
      return new Round(Latencies.all(List.of(acknowledged)), Latencies.all(List.of(everywhere)));
    }
  }

  private final GroupOptions options;
  private final List<MadeGroup> groups;
  private final RequestFactory requests;
  private final InboxProbes probes;
  private final HttpConnection connection;
  private final long[] nextNanos;

  private GroupBench(GroupOptions options, List<MadeGroup> groups, RequestFactory requests,
      InboxProbes probes,
      HttpConnection connection) {
    this.options = options;
    this.groups = groups;
    this.requests = requests;
    this.probes = probes;
    this.connection = connection;
    this.nextNanos = new long[groups.size()];
  }

  public static void run(GroupOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    Scheduling.inBatches(ProcessHandle.current().pid());
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress);
        Cassandra cassandra = Cassandra.open(CassandraSettings.from(bench.env()), Clock.systemUTC())) {
      TestUsers users = bench.people();
      List<MadeGroup> groups = make(options, cassandra, users, progress);
      List<GroupPoint> points;
      List<String> notes = new ArrayList<>(GroupReport.notes(options));
      try (FunctionProcess send = bench.start("send", Packages.product("send").command(), Map.of());
          HttpConnection connection = new HttpConnection(send.port())) {
        IdleWait.await(bench.stores());
        BackgroundLoad background = new BackgroundLoad(
            Stream.concat(bench.stores().values().stream(), Stream.of(send.pid())).toList());
        points = new GroupBench(options, groups, new RequestFactory(bench.env(), users),
            new InboxProbes(cassandra), connection)
          .measure(progress);
        notes.addAll(BackgroundLoad.notes(background.cores(0)));
      }
      System.out.print(GroupReport.table(points));
      notes.forEach(note -> System.out.println("* " + note));
      if (options.json() != null) {
        Machine machine = Machine.here(Packages.jvm(Packages.product("send")));
        Files.writeString(options.json(), GroupReport.json(options, machine, Instant.now(), points, notes));
      }
    }
  }

  private static List<MadeGroup> make(GroupOptions options, Cassandra cassandra, TestUsers users,
      Consumer<String> progress) throws InterruptedException {
    List<MadeGroup> groups = new ArrayList<>();
    try (GroupMaker maker = new GroupMaker(cassandra, users)) {
      for (int size : options.sizes()) {
        progress.accept("Making a group of %,d members".formatted(size));
        groups.add(maker.make(size));
      }
      progress.accept("Waiting until nothing is done any more for those who have joined");
      maker.settle();
    }
    return groups;
  }

  private List<GroupPoint> measure(Consumer<String> progress) throws IOException {
    List<List<Round>> rounds = groups.stream().<List<Round>>map(_ -> new ArrayList<>()).toList();
    for (int round = -1; round < options.rounds(); round++) {
      progress.accept(round < 0 ? "Warming up" : "Round %d of %d".formatted(round + 1, options.rounds()));
      List<Round> measured = round();
      if (round >= 0) {
        IntStream.range(0, groups.size()).forEach(i -> rounds.get(i).add(measured.get(i).sorted()));
      }
    }
    return IntStream.range(0, groups.size())
      .mapToObj(i -> point(groups.get(i), rounds.get(i), rounds.getFirst()))
      .toList();
  }

  private List<Round> round() throws IOException {
    List<Round> round = groups.stream().map(_ -> new Round()).toList();
    UUID[] last = new UUID[groups.size()];
    for (int message = 0; message < options.messages(); message++) {
      for (int i = 0; i < groups.size(); i++) {
        last[i] = send(i, round.get(i));
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      int missing = probes.missing(groups.get(i), last[i]);
      if (missing > 0) {
        throw new IllegalStateException(
            "%d of %d members lack a message.".formatted(missing, groups.get(i).size()));
      }
    }
    return round;
  }

  /** Sends a message, waits until all have it, and returns its id. */
  private UUID send(int number, Round round) throws IOException {
    MadeGroup group = groups.get(number);
    while (System.nanoTime() - nextNanos[number] < 0) {
      LockSupport.parkNanos(nextNanos[number] - System.nanoTime());
    }
    byte[] request = requests.sendTo(group.id(), group.sender());
    long start = System.nanoTime();
    // A tenth more than the limit asks for.
    nextNanos[number] = start + Duration.ofSeconds(1).toNanos() * group.size() / FanOutLimit.ROWS * 11 / 10;
    int status = connection.exchange(request);
    long acknowledged = System.nanoTime();
    if (status != CREATED) {
      throw new IOException(status + " " + connection.body());
    }
    UUID message = UUID.fromString(MessageAnswer.id(connection.body()));
    round.acknowledged().add(acknowledged - start);
    round.everywhere().add(probes.await(group, message) - start);
    return message;
  }

  private static GroupPoint point(MadeGroup group, List<Round> rounds, List<Round> first) {
    return new GroupPoint(group.size(), times(rounds, Round::acknowledged), times(rounds, Round::everywhere),
        Spread.of(IntStream.range(0, rounds.size())
          .mapToObj(i -> rounds.get(i).acknowledged().millis(0.99) / first.get(i).acknowledged().millis(0.99))
          .toList()));
  }

  private static Times times(List<Round> rounds, Function<Round, Latencies> part) {
    return new Times(spread(rounds, part, 0.5), spread(rounds, part, 0.99));
  }

  private static Spread spread(List<Round> rounds, Function<Round, Latencies> part, double share) {
    return Spread.of(rounds.stream().map(round -> part.apply(round).millis(share)).toList());
  }
}
