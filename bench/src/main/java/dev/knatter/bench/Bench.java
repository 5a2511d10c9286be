package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.knatter.bench.cold.ColdBench;
import dev.knatter.bench.cold.ColdOptions;
import dev.knatter.bench.delivery.DeliveryBench;
import dev.knatter.bench.delivery.DeliveryOptions;
import dev.knatter.bench.early.EarlyBench;
import dev.knatter.bench.early.EarlyOptions;
import dev.knatter.bench.groups.GroupBench;
import dev.knatter.bench.groups.GroupOptions;
import dev.knatter.bench.growth.GrowthBench;
import dev.knatter.bench.growth.GrowthOptions;
import dev.knatter.bench.history.HistoryBench;
import dev.knatter.bench.history.HistoryOptions;
import dev.knatter.bench.live.LiveBench;
import dev.knatter.bench.live.LiveOptions;
import dev.knatter.bench.load.LoadBench;
import dev.knatter.bench.load.LoadOptions;
import dev.knatter.bench.screen.ScreenBench;
import dev.knatter.bench.screen.ScreenOptions;
import dev.knatter.embedded.CannotStartException;

/** {@code ./knatter bench}: measurements, never tests. They fail only where they could not measure. */
final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private Bench() {}

  /** What is to be done once the command line is understood. */
  private interface Measurement {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    // Reports and usages have characters beyond ASCII, which the locale may lack.
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    List<String> line = List.of(args);
    String command = line.stream().findFirst().orElse("");
    String usage = switch (command) {
      case "cold" -> ColdOptions.USAGE;
      case "early" -> EarlyOptions.USAGE;
      case "growth" -> GrowthOptions.USAGE;
      case "delivery" -> DeliveryOptions.USAGE;
      case "history" -> HistoryOptions.USAGE;
      case "groups" -> GroupOptions.USAGE;
      case "live" -> LiveOptions.USAGE;
      case "screen" -> ScreenOptions.USAGE;
      default ->
        String.join("\n", LoadOptions.USAGE, ColdOptions.USAGE, EarlyOptions.USAGE, GrowthOptions.USAGE,
            DeliveryOptions.USAGE, HistoryOptions.USAGE, GroupOptions.USAGE, LiveOptions.USAGE,
            ScreenOptions.USAGE);
    };
    if (line.contains("--help")) {
      System.out.print(usage);
      return;
    }
    Measurement measurement;
    try {
      measurement = switch (command) {
        case "cold" -> cold(line.subList(1, line.size()));
        case "early" -> early(line.subList(1, line.size()));
        case "growth" -> growth(line.subList(1, line.size()));
        case "delivery" -> delivery(line.subList(1, line.size()));
        case "history" -> history(line.subList(1, line.size()));
        case "groups" -> groups(line.subList(1, line.size()));
        case "live" -> live(line.subList(1, line.size()));
        case "screen" -> screen(line.subList(1, line.size()));
        default -> requests(line);
      };
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(usage);
      System.exit(WRONG_USE);
      return;
    }
    try {
      measurement.run();
    } catch (CannotStartException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static Measurement requests(List<String> line) {
    LoadOptions options = LoadOptions.parse(line);
    return () -> LoadBench.run(options, Bench::progress);
  }

  private static Measurement cold(List<String> line) {
    ColdOptions options = ColdOptions.parse(line);
    return () -> ColdBench.run(options, Bench::progress);
  }

  private static Measurement early(List<String> line) {
    EarlyOptions options = EarlyOptions.parse(line);
    return () -> EarlyBench.run(options, Bench::progress);
  }

  private static Measurement growth(List<String> line) {
    GrowthOptions options = GrowthOptions.parse(line);
    return () -> GrowthBench.run(options, Bench::progress);
  }

  private static Measurement delivery(List<String> line) {
    DeliveryOptions options = DeliveryOptions.parse(line);
    return () -> DeliveryBench.run(options, Bench::progress);
  }

  private static Measurement history(List<String> line) {
    HistoryOptions options = HistoryOptions.parse(line);
    return () -> HistoryBench.run(options, Bench::progress);
  }

  private static Measurement groups(List<String> line) {
    GroupOptions options = GroupOptions.parse(line);
    return () -> GroupBench.run(options, Bench::progress);
  }

  private static Measurement live(List<String> line) {
    LiveOptions options = LiveOptions.parse(line);
    return () -> LiveBench.run(options, Bench::progress);
  }

  private static Measurement screen(List<String> line) {
    ScreenOptions options = ScreenOptions.parse(line);
    return () -> ScreenBench.run(options, Bench::progress);
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
