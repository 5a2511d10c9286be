package dev.knatter.adapter;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import dev.knatter.adapter.http.Fault;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHandler;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/** Finds the operation for a request, and adds to every answer the header fields that all have in common. */
final class Dispatcher implements RequestHandler {
  /** The path for readiness probes, in every function. */
  static final String HEALTH = "/healthz";
  /** The path for Prometheus, in every function. */
  static final String METRICS = "/metrics";

  private static final String OWN_METHODS = "GET, HEAD, OPTIONS";

  /** The status that nginx logs for a client that has left. It is not sent. */
  private static final int CLIENT_LEFT = 499;
  private static final int FIRST_ERROR = 400;

  private final ColdStart coldStart = new ColdStart();
  private final Router router;
  private final Health health;
  private final Metrics metrics;
  private final Problems problems;
  private final Cors cors;

  /** @param more what the functions have to report to Prometheus */
  Dispatcher(Router router, Readiness readiness, MeterBinder more, Problems problems, Cors cors) {
    this.router = router;
    this.health = new Health(readiness, coldStart);
    this.metrics = new Metrics(coldStart, readiness, router.functions(), more);
    this.problems = problems;
    this.cors = cors;
  }

  @Override
  public Plan plan(RequestHead head) {
    Plan plan = route(head);
    // Not a switch: a switch over types makes a class when it first runs, which is in every cold start.
    if (plan instanceof Plan.Work work) {
      return work.around(inner -> (body, waiting) -> finish(head, inner.apply(body, waiting)));
    }
    return new Plan.Reply(finish(head, counted(((Plan.Reply) plan).response())));
  }

  private Plan route(RequestHead head) {
    if (head.target().equals("*")) {
      return new Plan.Reply(Response.of(204));
    }
    RequestPath path = RequestPath.parse(head.target());
    if (path == null) {
      return new Plan.Reply(problems.of(Problem.INVALID_REQUEST));
    }
    if (path.is(HEALTH) || path.is(METRICS)) {
      return own(head, path);
    }
    Router.Matches matches = router.at(path);
    if (matches.matches().isEmpty()) {
      return new Plan.Reply(problems.of(Problem.NOT_FOUND));
    }
    if (head.method().equals("OPTIONS")) {
      return new Plan.Reply(options(head, matches.allow()));
    }
    Router.Match match = matches.forMethod(head.method());
    if (match == null) {
      return new Plan.Reply(problems.of(Problem.METHOD_NOT_ALLOWED).with("Allow", matches.allow()));
    }
    return counted(match.operation().route(),
        match.operation().plan(head, match.variables(), path.query()));
  }

  private Plan counted(Route<?> route, Plan plan) {
    return plan instanceof Plan.Work work
        ? work.around(inner -> (body, waiting) -> counted(route, () -> inner.apply(body, waiting)))
        : plan;
  }

  private Response counted(Route<?> route, Supplier<Response> work) {
    long start = System.nanoTime();
    int status = Problem.INTERNAL.status();
    try {
      Response response = work.get();
      status = response.status();
      return response;
    } catch (CancellationException e) {
      status = CLIENT_LEFT;
      throw e;
    } finally {
      coldStart.answered();
      metrics.answered(route, status, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private Response counted(Response refusal) {
    if (refusal.status() >= FIRST_ERROR) {
      metrics.refused(refusal.status());
    }
    return refusal;
  }

  /** Answers probes and Prometheus, whatever Accept says. These requests are not counted. */
  private Plan own(RequestHead head, RequestPath path) {
    return switch (head.method()) {
      case "GET", "HEAD" -> path.is(HEALTH) ? health.plan() : metrics.plan();
      case "OPTIONS" -> new Plan.Reply(options(head, OWN_METHODS));
      default -> new Plan.Reply(problems.of(Problem.METHOD_NOT_ALLOWED).with("Allow", OWN_METHODS));
    };
  }

  private Response options(RequestHead head, String allow) {
    return cors.preflight(head, Response.of(204).with("Allow", allow), allow);
  }

  private Response finish(@Nullable RequestHead head, Response response) {
    return cors.mark(head, common(response));
  }

  /**
   * Answers belong to one user, so no cache keeps them unless the function says so; and no browser guesses their type.
   */
  private static Response common(Response response) {
    Response safe = response.with("X-Content-Type-Options", "nosniff");
    return safe.headers().containsKey("Cache-Control") ? safe : safe.with("Cache-Control", "no-store");
  }

  @Override
  public Response fault(Fault fault, @Nullable RequestHead head) {
    return finish(head, counted(problems.of(fault)));
  }

  @Override
  public Response failed(Throwable failure, @Nullable RequestHead head) {
    return finish(head, problems.failed(failure));
  }
}
