package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.knatter.adapter.Samples.Nothing;
import io.micrometer.core.instrument.FunctionCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads of a process: its start, its requests, its dependencies, and what the functions report. */
final class MetricsTest {
  private static final String COLD_STARTS = "faas_coldstarts_total";
  private static final String INIT = "faas_init_duration_seconds";
  private static final String FIRST_ANSWER = "knatter_first_answer_seconds";
  /** One metric of the process: its help, its type, and its only sample. */
  private static final Pattern METRIC = Pattern.compile("""
      # HELP ((?:faas|knatter)_[a-z_]+) [^\\n]+
      # TYPE \\1 (counter|gauge)
      \\1\\{faas_name="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"} ([0-9.]+)
      """);

  private static FunctionServer serve(AtomicBoolean ready) {
    Endpoint<Nothing> fail = new Endpoint<>(Route.open("GET", "/fail", "fail", Nothing.class), _ -> {
      throw new IllegalStateException("no");
    });
    return FunctionServer.start(Samples.options(), ready::get, List.of(Samples.WRITE, Samples.SEARCH, fail));
  }

  private static String text(RawHttp http) throws IOException {
    return http.send("GET /metrics HTTP/1.1\nHost: x\n\n").read().body();
  }

  private static Map<String, Double> read(RawHttp http) throws IOException {
    return METRIC.matcher(text(http))
      .results()
      .collect(Collectors.toMap(metric -> metric.group(1), metric -> Double.valueOf(metric.group(4)),
          (a, _) -> a, TreeMap::new));
  }

  private static double age() {
    return (System.nanoTime() - ProcessStart.NANOS) / 1e9;
  }

  @Test
  void times_thatAreNotThereYet_areLeftOut() throws IOException {
    AtomicBoolean ready = new AtomicBoolean();
    try (FunctionServer server = serve(ready); RawHttp http = new RawHttp(server.port())) {
      http.send("GET /healthz HTTP/1.1\nHost: x\n\n").read();
      assertThat(read(http)).isEqualTo(Map.of(COLD_STARTS, 0.0));
      double earliest = age();
      ready.set(true);
      http.send("GET /healthz HTTP/1.1\nHost: x\n\n").read();
      double latest = age();
      Map<String, Double> then = read(http);
      assertThat(then).containsOnlyKeys(COLD_STARTS, INIT).containsEntry(COLD_STARTS, 0.0);
      assertThat(then.get(INIT)).isBetween(earliest - 0.001, latest);
      http.send("GET /healthz HTTP/1.1\nHost: x\n\n").read();
      assertThat(read(http)).isEqualTo(then);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /notes/a", "GET /notes/a?unknown=1", "GET /fail"})
  void requestForAFunction_whateverComesOfIt_isTheFirstAnswer(String line) throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(true)); RawHttp http = new RawHttp(server.port())) {
      double earliest = age();
      http.send(line + " HTTP/1.1\nHost: x\n\n").read();
      double latest = age();
      Map<String, Double> then = read(http);
      assertThat(then).containsOnlyKeys(COLD_STARTS, FIRST_ANSWER).containsEntry(COLD_STARTS, 1.0);
      assertThat(then.get(FIRST_ANSWER)).isBetween(earliest - 0.001, latest);
      http.send("GET /notes/b HTTP/1.1\nHost: x\n\n").read();
      assertThat(read(http)).isEqualTo(then);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /healthz", "GET /metrics", "GET /nothing", "PUT /notes", "OPTIONS /notes",
      "OPTIONS *"})
  void requestThatReachesNoFunction_isNotTheFirst(String line) throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(false)); RawHttp http = new RawHttp(server.port())) {
      http.send(line + " HTTP/1.1\nHost: x\n\n").read();
      assertThat(read(http)).isEqualTo(Map.of(COLD_STARTS, 0.0));
    }
  }

  @Test
  void answer_isPrometheusTextOfAllFunctionsTogether() throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(true)); RawHttp http = new RawHttp(server.port())) {
      http.send("GET /healthz HTTP/1.1\nHost: x\n\n").read();
      http.send("GET /notes/a HTTP/1.1\nHost: x\n\n").read();
      RawHttp.Reply reply = http.send("GET /metrics HTTP/1.1\nHost: x\n\n").read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      assertThat(
          METRIC.matcher(reply.body()).results().map(m -> m.group(1) + " " + m.group(2) + " " + m.group(3)))
        .containsExactlyInAnyOrder(COLD_STARTS + " counter fail,search,write",
            INIT + " gauge fail,search,write", FIRST_ANSWER + " gauge fail,search,write");
      RawHttp.Reply head = http.send("HEAD /metrics HTTP/1.1\nHost: x\n\n").readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEqualTo("" + reply.body().length());
    }
  }

  @Test
  void requests_areCountedAndTimed_byFunctionRouteAndStatus() throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(true)); RawHttp http = new RawHttp(server.port())) {
      http.send("GET /notes/a HTTP/1.1\nHost: x\n\n").read();
      http.send("GET /notes/b HTTP/1.1\nHost: x\n\n").read();
      http.send("GET /notes/a?unknown=1 HTTP/1.1\nHost: x\n\n").read();
      http.send("GET /fail HTTP/1.1\nHost: x\n\n").read();
      await().untilAsserted(() -> assertThat(samples(http, "http_server_requests_seconds_count"))
        .isEqualTo(Map.of("function=\"search\",method=\"GET\",status=\"200\",uri=\"/notes/{title}\"", 2.0,
            "function=\"search\",method=\"GET\",status=\"400\",uri=\"/notes/{title}\"", 1.0,
            "function=\"fail\",method=\"GET\",status=\"500\",uri=\"/fail\"", 1.0)));
      assertThat(text(http)).contains("# TYPE http_server_requests_seconds histogram\n", "le=\"0.005\"",
          "le=\"60.0\"", "le=\"+Inf\"");
    }
  }

  @Test
  void refusals_areCounted_butNotOfProbesAndScrapes() throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(true)); RawHttp http = new RawHttp(server.port())) {
      for (String line : List.of("GET /nothing", "GET /nowhere", "PUT /notes", "GET /healthz")) {
        http.send(line + " HTTP/1.1\nHost: x\n\n").read();
      }
      RawHttp.exchange(server.port(), "GET /notes/a HTTP/1.1\n\n"); // without Host
      await().untilAsserted(() -> assertThat(samples(http, "http_server_refused_total"))
        .isEqualTo(Map.of("status=\"404\"", 2.0, "status=\"405\"", 1.0, "status=\"400\"", 1.0)));
    }
  }

  @Test
  void runningRequests_areAGauge() throws Exception {
    Semaphore started = new Semaphore(0);
    Semaphore finish = new Semaphore(0);
    Endpoint<Nothing> slow = new Endpoint<>(Route.open("GET", "/slow", "slow", Nothing.class), _ -> {
      started.release();
      finish.acquireUninterruptibly();
      return Samples.answer(204, "");
    });
    try (FunctionServer server = FunctionServer.start(Samples.options(), () -> true, List.of(slow));
        RawHttp http = new RawHttp(server.port());
        RawHttp other = new RawHttp(server.port())) {
      assertThat(text(http)).contains("http_server_long_polls{faas_name=\"slow\"} 0.0\n");
      other.send("GET /slow HTTP/1.1\nHost: x\n\n");
      started.acquire();
      assertThat(text(http)).contains("http_server_active_requests{faas_name=\"slow\"} 1.0\n");
      finish.release();
      other.read();
    }
  }

  @Test
  void whatFunctionsReport_isThere() throws IOException {
    LongAdder sold = new LongAdder();
    sold.add(3);
    try (FunctionServer server = FunctionServer.start(Samples.options(), Readiness.of(() -> true),
        registry -> FunctionCounter.builder("till.sold", sold, LongAdder::sum).register(registry),
        List.of(Samples.WRITE)); RawHttp http = new RawHttp(server.port())) {
      assertThat(text(http)).contains("till_sold_total{faas_name=\"write\"} 3.0\n");
    }
  }

  /** Of a metric, by its labels without faas_name. */
  private static Map<String, Double> samples(RawHttp http, String name) throws IOException {
    return Pattern.compile(name + "\\{faas_name=\"[^\"]*\",([^\\n]*)} ([0-9.]+)\n")
      .matcher(text(http))
      .results()
      .collect(Collectors.toMap(sample -> sample.group(1), sample -> Double.valueOf(sample.group(2))));
  }

  @Test
  void dependencies_areTold_asFarAsTheyAreKnown() throws IOException {
    Map<String, Boolean> known = new ConcurrentHashMap<>();
    try (FunctionServer server = FunctionServer.start(Samples.options(),
        new Readiness(() -> true, Optional::empty, () -> known), _ -> {}, List.of(Samples.WRITE));
        RawHttp http = new RawHttp(server.port())) {
      assertThat(read(http)).isEqualTo(Map.of(COLD_STARTS, 0.0));
      known.putAll(Map.of("till", true, "ledger", false));
      assertThat(read(http))
        .isEqualTo(Map.of(COLD_STARTS, 0.0, "knatter_till_up", 1.0, "knatter_ledger_up", 0.0));
    }
  }

  /** What Prometheus and OpenTelemetry's collector send, and somebody with a browser: all of them can read it. */
  @ParameterizedTest
  @ValueSource(strings = {
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1",
      "application/json", "nonsense"})
  void accept_doesNotMatter(String accept) throws IOException {
    try (FunctionServer server = serve(new AtomicBoolean(true)); RawHttp http = new RawHttp(server.port())) {
      RawHttp.Reply reply = http.send("GET /metrics HTTP/1.1\nHost: x\nAccept: " + accept + "\n\n").read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).startsWith("text/plain;");
    }
  }

  @Test
  void name_withAQuoteOrBackslash_isEscaped() throws IOException {
    Endpoint<Nothing> odd = new Endpoint<>(Route.open("GET", "/odd", "a \"b\\c\"", Nothing.class),
        _ -> Samples.answer(204, ""));
    try (FunctionServer server = FunctionServer.start(Samples.options(), () -> true, List.of(odd));
        RawHttp http = new RawHttp(server.port())) {
      assertThat(text(http)).contains("faas_name=\"a \\\"b\\\\c\\\"\"} 0.0\n");
    }
  }
}
