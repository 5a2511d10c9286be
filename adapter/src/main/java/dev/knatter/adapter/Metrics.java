package dev.knatter.adapter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.Response;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of this process, for Prometheus. Names are those of Spring Boot and OpenTelemetry, where they have one.
 *
 * <p>The registry is made a second after the first answer, or when Prometheus first asks: to load Micrometer takes tens of
 * milliseconds, which the first callers would wait for.
 */
final class Metrics {
  /** How long after its first answer the process has its processor for requests alone. */
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  /** Those of Prometheus' own clients, and two more for long polls and exports. */
  private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(10),
      Duration.ofMillis(25),
      Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
      Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10),
      Duration.ofSeconds(30), Duration.ofSeconds(60)};

  private final ColdStart start;
  private final Readiness readiness;
  private final List<String> functions;
  private final MeterBinder more;
  private volatile @Nullable Meters meters;
  /** What happened before there was a registry. */
  private final List<Consumer<Meters>> early = new ArrayList<>();

  private record Meters(PrometheusMeterRegistry registry, MeterProvider<Timer> answered,
      MeterProvider<Counter> refused) {}

  /**
   * @param functions all functions of the process; it starts once for all of them
   * @param more      what the functions and the server have to report
   */
  Metrics(ColdStart start, Readiness readiness, List<String> functions, MeterBinder more) {
    this.start = start;
    this.readiness = readiness;
    this.functions = functions;
    this.more = more;
  }

  /** Counts and times a request that a function has answered. */
  void answered(Route<?> route, int status, Duration time) {
    record(known -> known.answered()
      .withTags("function", route.function(), "method", route.method(), "uri", route.path(), "status",
          String.valueOf(status))
      .record(time));
  }

  /** Counts a request that was refused before it reached a function. */
  void refused(int status) {
    record(known -> known.refused().withTags("status", String.valueOf(status)).increment());
  }

  private void record(Consumer<Meters> recording) {
    Meters known = meters;
    if (known == null) {
      known = orKeep(recording);
    }
    if (known != null) {
      recording.accept(known);
    }
  }

  /** Only the first that is kept has the registry made. */
  private synchronized @Nullable Meters orKeep(Consumer<Meters> recording) {
    if (meters == null) {
      if (early.isEmpty()) {
        Thread.ofVirtual().name("metrics").start(this::makeLater);
      }
      early.add(recording);
    }
    return meters;
  }

  private void makeLater() {
    try {
      Thread.sleep(DELAY);
      made();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Meters made() {
    if (meters != null) {
      return meters;
    }
    Meters made = make();
    meters = made;
    early.forEach(recording -> recording.accept(made));
    early.clear();
    return made;
  }

  private Meters make() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("faas.name", String.join(",", functions));
    FunctionCounter.builder("faas.coldstarts", start, s -> s.answeredSeconds().isPresent() ? 1 : 0)
      .description("Starts of this process after which a request was answered: 0 before the first, then 1.")
      .register(registry);
    more.bindTo(registry);
    return new Meters(registry,
        Timer.builder("http.server.requests")
          .description("Requests that a function has answered, and how long it took.")
          .serviceLevelObjectives(BUCKETS)
          .withRegistry(registry),
        Counter.builder("http.server.refused")
          .description("Requests that were refused before they reached a function.")
          .withRegistry(registry));
  }

  /** Where the registry is not there yet, it is not made on an event loop. */
  Plan plan() {
    return meters == null
        ? new Plan.Work(0, /* waits= */ false, (_, _) -> scrape())
        : new Plan.Reply(scrape());
  }

  private Response scrape() {
    PrometheusMeterRegistry registry = made().registry();
    seconds(registry, "faas.init.duration",
        "From the start of the process until a probe was first told that it is ready.", start.readySeconds());
    seconds(registry, "knatter.first.answer",
        "From the start of the process until it had answered its first request.", start.answeredSeconds());
    readiness.dependencies()
      .get()
      .keySet()
      .forEach(name -> dependency(registry, "knatter." + name + ".up", name));
    return Response.of(200, TYPE, registry.scrape(TYPE).getBytes(StandardCharsets.UTF_8));
  }

  /** Left out until it is known; the registry warns of a gauge that is registered again. */
  private static void seconds(MeterRegistry registry, String name, String description,
      OptionalDouble seconds) {
    if (seconds.isPresent() && registry.find(name).gauge() == null) {
      Gauge.builder(name, seconds::getAsDouble)
        .baseUnit("seconds")
        .description(description)
        .register(registry);
    }
  }

  private void dependency(MeterRegistry registry, String gauge, String name) {
    if (registry.find(gauge).gauge() == null) {
      Gauge.builder(gauge, () -> isUp(name) ? 1 : 0)
        .description("Whether " + name + " could be used when it was last asked: 1, or 0. The log says why.")
        .register(registry);
    }
  }

  private boolean isUp(String name) {
    Map<String, Boolean> known = readiness.dependencies().get();
    return known.getOrDefault(name, false);
  }
}
