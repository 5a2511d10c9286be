package dev.knatter.bench.live;

import java.util.List;

import dev.knatter.bench.report.Spread;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one way to hold connections.
 *
 * @param holder  who held them: stream or Pushpin
 * @param points  by how many there were
 * @param again   how all connected again; of the largest number; null if they did not
 * @param failure why they did not; null if they did
 */
record LiveResult(String holder, List<Point> points, Memory memory, @Nullable Again again,
    @Nullable String failure) {
  /**
   * How soon messages came, in milliseconds from the 201.
   *
   * @param missed messages that had not come after 20 seconds
   * @param groups how fast groups were told; null where there were too few connections for one
   */
  record Point(int connections, Spread p50, Spread p99, int missed, @Nullable Groups groups) {}

  /**
   * @param perSecond messages that came to connections
   * @param cpuMicros processor time of those that hold the connections, for each of these
   */
  record Groups(Spread perSecond, Spread cpuMicros) {}

  /**
   * What an idle connection takes, in KiB.
   *
   * @param connections among how many that was measured
   * @param heap        null where no JVM holds the connections
   */
  record Memory(int connections, @Nullable Double heap, double resident) {}

  /**
   * @param seconds until the last one had caught up
   * @param refused attempts that failed and connections that ended before that, of all rounds together
   * @param ended   connections that had ended by themselves right after that
   * @param missed  messages of the time without connections that nobody had got then
   */
  record Again(int connections, Spread seconds, int refused, int ended, int missed) {}
}
