package dev.knatter.bench.live;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.knatter.bench.groups.GroupMaker;
import dev.knatter.bench.process.IdleWait;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.embedded.EmbeddedPushpin;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * {@code ./knatter bench live}: how soon after its 201 a message is with readers who hold a connection, what idle connections
 * cost, and how soon all of them are there again; with connections that the function {@code stream} holds, and with a Pushpin
 * where one is installed.
 */
public final class LiveBench {
  private LiveBench() {}

  public static void run(LiveOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    List<String> notes = new ArrayList<>(LiveReport.notes(options));
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress);
        LiveSockets sockets = new LiveSockets()) {
      TestUsers users = bench.people();
      progress.accept("Writing %,d readers".formatted(options.most()));
      LivePeople people;
      try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(bench.env()), Clock.systemUTC());
          GroupMaker maker = new GroupMaker(cassandra, users)) {
        people = LivePeople.write(cassandra, maker, users, options.most());
        maker.settle();
      }
      List<LiveResult> results = new ArrayList<>();
      try (LiveInstallation direct = LiveInstallation.direct(bench, options.heapMiB())) {
        IdleWait.await(bench.stores());
        results.add(
            new LiveMeasurement(options, direct, people, users, bench.env(), sockets, progress).run());
      }
      if (EmbeddedPushpin.isInstalled()) {
        try (LiveInstallation pushpin = LiveInstallation.pushpin(bench, options.heapMiB(), options.most())) {
          IdleWait.await(bench.stores());
          results.add(
              new LiveMeasurement(options, pushpin, people, users, bench.env(), sockets, progress).run());
        }
      } else {
        notes.add("Nothing was measured through a proxy. " + EmbeddedPushpin.MISSING + ".");
      }
      results.stream().flatMap(LiveReport::failure).forEach(notes::add);
      Machine machine = Machine.here(Packages.jvm(Packages.product("stream")));
      notes.add(machine.text() + ".");
      System.out.print(LiveReport.messages(results));
      System.out.print(LiveReport.connections(results));
      notes.forEach(note -> System.out.println("* " + note));
      if (options.json() != null) {
        Files.writeString(options.json(), LiveReport.json(options, machine, Instant.now(), results, notes));
      }
    }
  }
}
