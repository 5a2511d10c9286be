package dev.knatter.shared.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Times every call to Cassandra, by its verb and its table. The driver's session calls this class as its request tracker.
 * Before the first answer of the process there is no registry, and this class times nothing.
 */
final class CassandraMeters implements RequestTracker, MeterBinder {
  private static final Pattern VERB_AND_TABLE = Pattern
    .compile("\\s*(?:(SELECT|DELETE)\\b.*?\\bFROM|(INSERT)\\s+INTO|(UPDATE))\\s+(\\w+).*",
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Duration[] BUCKETS = {Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
      Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
      Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)};

  private final Map<String, String> statements = new ConcurrentHashMap<>();
  private volatile @Nullable Meters meters;

  private record Meters(MeterProvider<Timer> calls, Counter failedAttempts) {}

  @Override
  public void bindTo(MeterRegistry registry) {
    meters = new Meters(
        Timer.builder("knatter.cassandra.calls")
          .description("Calls to Cassandra, and how long they took, with the driver's own retries.")
          .serviceLevelObjectives(BUCKETS)
          .withRegistry(registry),
        Counter.builder("knatter.cassandra.attempts.failed")
          .description("Attempts that failed at one node of Cassandra. The driver may have tried another.")
          .register(registry));
  }

  @Override
  public void onSuccess(Request request, long latencyNanos, DriverExecutionProfile profile, Node node,
      String prefix) {
    record(request, latencyNanos, "success");
  }

  @Override
  public void onError(Request request, Throwable error, long latencyNanos, DriverExecutionProfile profile,
      @Nullable Node node, String prefix) {
    record(request, latencyNanos, "error");
  }

  /** Counts a failed attempt. It is not a failed call, because the driver may send the request to another node. */
  @Override
  public void onNodeError(Request request, Throwable error, long latencyNanos, DriverExecutionProfile profile,
      Node node, String prefix) {
    Meters known = meters;
    if (known != null) {
      known.failedAttempts().increment();
    }
  }

  private void record(Request request, long nanos, String outcome) {
    Meters known = meters;
    if (known != null) {
      known.calls()
        .withTags("statement", statement(request), "outcome", outcome)
        .record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private String statement(Request request) {
    return switch (request) {
      case SimpleStatement simple -> statements.computeIfAbsent(simple.getQuery(), CassandraMeters::name);
      case BoundStatement bound ->
        statements.computeIfAbsent(bound.getPreparedStatement().getQuery(), CassandraMeters::name);
      default -> "batch";
    };
  }

  /** Returns the verb and the table, for example {@code select timeline}, because the whole text is too long for a label. */
  static String name(String cql) {
    Matcher matcher = VERB_AND_TABLE.matcher(cql);
    if (!matcher.matches()) {
      return "other";
    }
    String verb = matcher.group(1) != null
        ? matcher.group(1)
        : matcher.group(2) != null
            ? matcher.group(2)
            : matcher.group(3);
    return (verb + " " + matcher.group(4)).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {}
}
