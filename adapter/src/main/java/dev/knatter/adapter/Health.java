package dev.knatter.adapter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.Json;

/** Answers readiness probes. */
final class Health {
  /**
   * How long a probe waits for a process that is not ready yet: an answer 503 would only make it ask again, and each
   * probe costs a starting process time. Knative's queue-proxy waits 100 ms for an answer.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(75);

  private static final long CHECK_EVERY_MILLIS = 1;
  private static final Response READY = body(200, "{\"status\":\"ready\"}");

  private final Readiness readiness;
  private final ColdStart coldStart;

  Health(Readiness readiness, ColdStart coldStart) {
    this.readiness = readiness;
    this.coldStart = coldStart;
  }

  Plan plan() {
    return isReady() ? new Plan.Reply(ready()) : new Plan.Work(0, /* waits= */ false, (_, _) -> await());
  }

  private Response await() {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < end) {
      if (isReady()) {
        return ready();
      }
      try {
        Thread.sleep(CHECK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return notReady();
      }
    }
    return notReady();
  }

  private boolean isReady() {
    return readiness.ready().getAsBoolean();
  }

  private Response notReady() {
    Map<String, String> answer = new LinkedHashMap<>(Map.of("status", "not-ready"));
    readiness.missing().get().ifPresent(words -> answer.put("reason", words));
    return Response.of(503, "application/json", new Json().write(answer)).with("Retry-After", "1");
  }

  private Response ready() {
    coldStart.ready();
    return READY;
  }

  private static Response body(int status, String json) {
    return Response.of(status, "application/json", json.getBytes(StandardCharsets.US_ASCII));
  }
}
