package dev.knatter.adapter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.Response;

/** Readiness, for probes: small, and the same bytes every time. */
final class Health {
  /**
   * How long a probe that comes too early is held, in case it need not come again: each costs a starting process some
   * of the time that it is waited for. A queue-proxy waits 100 ms for an answer.
   */
  private static final Duration HELD = Duration.ofMillis(75);

  private static final long LOOK_EVERY_MILLIS = 1;
  private static final Response READY = body(200, "{\"status\":\"ready\"}");
  private static final Response NOT_READY = body(503, "{\"status\":\"not-ready\"}").with("Retry-After", "1");

  private final BooleanSupplier ready;
  private final ColdStart coldStart;

  Health(BooleanSupplier ready, ColdStart coldStart) {
    this.ready = ready;
    this.coldStart = coldStart;
  }

  Plan plan() {
    return ready.getAsBoolean() ? new Plan.Reply(ready()) : new Plan.Work(0, (_, _) -> hold());
  }

  private Response hold() {
    long end = System.nanoTime() + HELD.toNanos();
    while (System.nanoTime() < end) {
      if (ready.getAsBoolean()) {
        return ready();
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return NOT_READY;
      }
    }
    return NOT_READY;
  }

  private Response ready() {
    coldStart.ready();
    return READY;
  }

  private static Response body(int status, String json) {
    return Response.of(status, "application/json", json.getBytes(StandardCharsets.US_ASCII));
  }
}
