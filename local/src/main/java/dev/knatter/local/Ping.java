package dev.knatter.local;

import java.time.Duration;
import java.time.Instant;

/**
 * A Knative PingSource, which calls a function periodically with a CloudEvent.
 *
 * @param everyMinutes the period; calls are at multiples of it within the hour, as in the cron schedule
 * @param data the event's JSON
 */
record Ping(String function, int everyMinutes, String data) {
  static Ping from(Yaml source) {
    String schedule = source.at("spec", "schedule").text();
    return new Ping(source.at("spec", "sink", "ref", "name").text(), everyMinutes(schedule),
        source.at("spec", "data").text());
  }

  private static int everyMinutes(String schedule) {
    if (schedule.equals("* * * * *")) {
      return 1;
    }
    if (schedule.matches("\\*/[1-9][0-9]? \\* \\* \\* \\*")) {
      return Integer.parseInt(schedule.substring(2, schedule.indexOf(' ')));
    }
    throw new IllegalStateException(
        "local understands the schedules '* * * * *' and '*/n * * * *' only, not '%s'".formatted(schedule));
  }

  /** The time until the next call. */
  Duration untilNext(Instant now) {
    long period = Duration.ofMinutes(everyMinutes).toMillis();
    return Duration.ofMillis(period - Math.floorMod(now.toEpochMilli(), period));
  }
}
