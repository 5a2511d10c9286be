package dev.knatter.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.CassandraSettings;

/**
 * The driver alone, in a JVM like that of a function and with the very session that functions open. Reads a line a
 * load from its input; prints a line when the measured part begins and one with the outcome. Ends with its input.
 */
final class RawMain {
  /** How each line of ours begins. */
  static final String ANSWER = "raw: ";

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final Crowd crowd;
  private final Uuid7 ids = new Uuid7(Clock.systemUTC());
  private final int lane = ThreadLocalRandom.current().nextInt();

  private RawMain(Cassandra cassandra, Crowd crowd) {
    this.cassandra = cassandra;
    this.statements = RawStatements.of(cassandra);
    this.crowd = crowd;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    try (
        Cassandra cassandra = Cassandra.open(CassandraSettings.from(Env.system()), Clock.systemUTC());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      RawMain raw = new RawMain(cassandra, new Crowd(Long.parseLong(args[0])));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        say(raw.run(line).encode());
      }
    }
  }

  /** @param line scenario, connections, and both times of the pace in milliseconds */
  private Outcome run(String line) throws InterruptedException {
    try (Scanner words = new Scanner(line)) {
      Scenario scenario = Scenario.valueOf(words.next());
      int atOnce = words.nextInt();
      Pace pace = new Pace(Duration.ofMillis(words.nextLong()), Duration.ofMillis(words.nextLong()));
      List<Worker> workers = IntStream.range(0, atOnce)
        .mapToObj(worker -> worker(scenario, worker, atOnce))
        .toList();
      return ClosedLoop.run(workers, Thread.ofVirtual().factory(), pace, new Marks() {
        @Override
        public void begin() {
          say("begin");
        }

        @Override
        public void end() {
          say("end");
        }
      });
    }
  }

  private Worker worker(Scenario scenario, int worker, int workers) {
    return switch (scenario) {
      case SEND ->
        new RawSend(cassandra, statements, new Turns<>(crowd.writing(), worker, workers), ids, lane);
      case MESSAGES -> new RawPage(cassandra, statements, new Turns<>(crowd.reading(), worker, workers));
      case CACHED -> throw new IllegalArgumentException("There is no cache here.");
    };
  }

  private static void say(String line) {
    System.out.println(ANSWER + line);
    System.out.flush();
  }
}
