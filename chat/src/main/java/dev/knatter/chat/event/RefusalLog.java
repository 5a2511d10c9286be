package dev.knatter.chat.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Logs events that were refused: once a minute for each configured source, and once a minute for all others together,
 * because anybody in the cluster can send such events.
 */
final class RefusalLog {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int LONGEST = 64;

  private final EventSources sources;
  private final Clock clock;
  private final Consumer<String> log;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /** due: when the next line may be logged; unlogged: how many refusals no line has named. */
  private record Line(Instant due, int unlogged) {}

  /** @param log takes the lines */
  RefusalLog(EventSources sources, Clock clock, Consumer<String> log) {
    this.sources = sources;
    this.clock = clock;
    this.log = log;
  }

  /** @param why in words that hold nothing of the event's data */
  void refused(String source, String why) {
    Instant now = clock.instant();
    lines.compute(sources.of(source).isEmpty() ? "" : source, (_, line) -> {
      if (line != null && now.isBefore(line.due())) {
        return new Line(line.due(), line.unlogged() + 1);
      }
      log.accept("An event of the source %s was refused: %s%s".formatted(printable(source), why,
          line == null || line.unlogged() == 0 ? "" : " (and " + line.unlogged() + " before it)"));
      return new Line(now.plus(PAUSE), 0);
    });
  }

  /** A source is a URI, so other characters than ASCII are an attempt to confuse who reads the log. */
  private static String printable(String source) {
    String cut = source.substring(0, Math.min(source.length(), LONGEST));
    return cut.isEmpty() ? "(none)" : cut.replaceAll("[^!-~]", "?");
  }
}
