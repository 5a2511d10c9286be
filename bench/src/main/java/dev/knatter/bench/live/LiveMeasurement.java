package dev.knatter.bench.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.live.LiveOpening.Opened;
import dev.knatter.bench.live.LivePeople.LiveGroup;
import dev.knatter.bench.live.LiveResult.Again;
import dev.knatter.bench.live.LiveResult.Groups;
import dev.knatter.bench.live.LiveResult.Memory;
import dev.knatter.bench.live.LiveResult.Point;
import dev.knatter.bench.live.LiveTraffic.Lateness;
import dev.knatter.bench.live.LiveTraffic.Rate;
import dev.knatter.bench.live.LiveTraffic.Sent;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.LiveObjects;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Env;
import org.jspecify.annotations.Nullable;

/** Measures one way to hold connections. */
final class LiveMeasurement {
  private static final int WARM_UP = 100;
  /** What a process does after connections were opened is done by then. */
  private static final int REST_SECONDS = 3;
  /** So many get a message while nobody is connected. */
  static final int AWAY = 200;

  private final LiveOptions options;
  private final LiveInstallation installation;
  private final LivePeople people;
  private final TestUsers users;
  private final Env env;
  private final Consumer<String> progress;
  private final LiveSockets sockets;

  LiveMeasurement(LiveOptions options, LiveInstallation installation, LivePeople people, TestUsers users,
      Env env, LiveSockets sockets, Consumer<String> progress) {
    this.options = options;
    this.installation = installation;
    this.people = people;
    this.users = users;
    this.env = env;
    this.sockets = sockets;
    this.progress = progress;
  }

  /** In use, in KiB; heap is null where no JVM holds the connections. */
  private record Used(@Nullable Double heap, double resident) {}

  LiveResult run() throws Exception {
    say("warming up");
    int few = Math.min(WARM_UP, options.most());
    var _ = open(few);
    var _ = point(few, 1);
    sockets.cut();
    Used without = used();
    List<Point> points = new ArrayList<>();
    Used with = without;
    for (int connections : options.connections()) {
      say("opening %,d connections".formatted(connections));
      var _ = open(connections);
      if (connections == options.most()) {
        with = used();
      }
      points.add(point(connections, options.rounds()));
      sockets.cut();
    }
    Memory memory = memory(without, with);
    try {
      return new LiveResult(installation.name(), points, memory, again(), null);
    } catch (IllegalStateException e) {
      sockets.cut();
      return new LiveResult(installation.name(), points, memory, null, e.getMessage());
    }
  }

  private void say(String what) {
    progress.accept(installation.name() + " holds: " + what);
  }

  /** Opens the connections of the first readers, from the present on. */
  private Opened open(int connections) throws InterruptedException {
    List<LiveReader> readers = people.readers(connections);
    readers.forEach(reader -> reader.cursor(""));
    return openAgain(readers);
  }

  private Opened openAgain(List<LiveReader> readers) throws InterruptedException {
    LivePeople.renewTokens(env, readers);
    readers.forEach(LiveReader::forgetArrivals);
    return sockets.open(installation.port(), readers);
  }

  private Point point(int connections, int rounds) throws Exception {
    List<LiveReader> readers = people.readers(connections);
    List<LiveGroup> groups = people.groups(connections);
    LiveTraffic traffic = traffic();
    List<Lateness> single = new ArrayList<>();
    List<Rate> rates = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      say("%,d connections, round %d of %d".formatted(connections, round, rounds));
      single.add(traffic.toSingle(readers, options.messages()));
      if (!groups.isEmpty()) {
        rates.add(traffic.toGroups(groups, options.seconds()));
      }
      readers.forEach(LiveReader::forgetArrivals);
    }
    sockets.requireOpen(connections);
    return new Point(connections, percentile(single, 0.5), percentile(single, 0.99),
        single.stream().mapToInt(Lateness::missed).sum(),
        rates.isEmpty() ? null : new Groups(spread(rates, Rate::perSecond), spread(rates, Rate::cpuMicros)));
  }

  private LiveTraffic traffic() {
    return new LiveTraffic(installation.send().port(), installation::cpuSeconds, sockets, users,
        new RequestFactory(env, users));
  }

  private static Spread percentile(List<Lateness> rounds, double share) {
    return Spread.of(rounds.stream()
      .map(round -> Latencies.all(List.of(round.latencies())).millis(share))
      .toList());
  }

  private static <T> Spread spread(List<T> rounds, ToDoubleFunction<T> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  private Used used() throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(REST_SECONDS);
    FunctionProcess jvm = installation.holdingJvm();
    Double heap = jvm == null ? null : LiveObjects.bytes(jvm.pid()) / 1_024.0;
    return new Used(heap, installation.residentMiB() * 1_024);
  }

  private Memory memory(Used without, Used with) {
    Double before = without.heap();
    Double after = with.heap();
    return new Memory(options.most(),
        before == null || after == null ? null : (after - before) / options.most(),
        (with.resident() - without.resident()) / options.most());
  }

  /** Breaks all connections, sends messages to some readers, and has all of them connect again. */
  private Again again() throws Exception {
    List<LiveReader> readers = people.readers(options.most());
    var _ = open(options.most()); // the cursors of before are older than all messages to groups
    List<Double> seconds = new ArrayList<>();
    int refused = 0;
    int ended = 0;
    int missed = 0;
    for (int round = 1; round <= options.rounds(); round++) {
      say("all connect again, round %d of %d".formatted(round, options.rounds()));
      sockets.cut();
      List<LiveReader> mixed = new ArrayList<>(readers);
      Collections.shuffle(mixed);
      List<Sent> away = traffic().toEach(mixed.subList(0, Math.min(AWAY, mixed.size())));
      Opened opened = openAgain(mixed);
      seconds.add(opened.seconds());
      refused += opened.refused();
      missed += LiveTraffic.missing(away);
      ended += mixed.size() - sockets.size();
    }
    sockets.cut();
    return new Again(readers.size(), Spread.of(seconds), refused, ended, missed);
  }
}
