package dev.knatter.adapter;

import java.util.function.BooleanSupplier;

import dev.knatter.adapter.http.Fault;
import dev.knatter.adapter.http.Head;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.http.Service;

/** From a request's head to the operation that answers it, and what every answer has in common. */
final class Gateway implements Service {
  /** Asked by probes; the same in every function. */
  static final String HEALTH = "/healthz";
  /** Asked by collectors of metrics; the same in every function. */
  static final String METRICS = "/metrics";

  private static final String OWN_METHODS = "GET, HEAD, OPTIONS";

  private final ColdStart coldStart = new ColdStart();
  private final Router router;
  private final BooleanSupplier ready;
  private final Problems problems;
  private final Cors cors;

  Gateway(Router router, BooleanSupplier ready, Problems problems, Cors cors) {
    this.router = router;
    this.ready = ready;
    this.problems = problems;
    this.cors = cors;
  }

  @Override
  public Plan plan(Head head) {
    Plan plan = route(head);
    if (plan instanceof Plan.Work work) {
      return new Plan.Work(work.maxBody(), body -> answer(head, work, body));
    }
    return new Plan.Reply(finish(head, ((Plan.Reply) plan).response()));
  }

  private Response answer(Head head, Plan.Work work, byte[] body) {
    try {
      return finish(head, work.work().apply(body));
    } finally {
      coldStart.answered();
    }
  }

  private Plan route(Head head) {
    if (head.target().equals("*")) {
      return new Plan.Reply(Response.of(204));
    }
    RequestPath path = RequestPath.parse(head.target());
    if (path == null) {
      return new Plan.Reply(problems.of(Problem.INVALID_REQUEST));
    }
    if (path.is(HEALTH) || path.is(METRICS)) {
      return new Plan.Reply(own(head, path));
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
    return match.operation().plan(head, match.variables(), path.query());
  }

  /** What machines ask of every function: it is answered in any format that they accept, and counts as no request. */
  private Response own(Head head, RequestPath path) {
    return switch (head.method()) {
      case "GET", "HEAD" -> path.is(HEALTH) ? health() : Metrics.of(coldStart, router.functions());
      case "OPTIONS" -> options(head, OWN_METHODS);
      default -> problems.of(Problem.METHOD_NOT_ALLOWED).with("Allow", OWN_METHODS);
    };
  }

  private Response health() {
    if (!ready.getAsBoolean()) {
      return Health.NOT_READY;
    }
    coldStart.ready();
    return Health.READY;
  }

  private Response options(Head head, String allow) {
    return cors.preflight(head, Response.of(204).with("Allow", allow), allow);
  }

  private Response finish(Head head, Response response) {
    return cors.mark(head, common(response));
  }

  /** Answers are somebody's: no cache keeps them unless the function says so, and no browser guesses their type. */
  private static Response common(Response response) {
    Response safe = response.with("X-Content-Type-Options", "nosniff");
    return safe.headers().containsKey("Cache-Control") ? safe : safe.with("Cache-Control", "no-store");
  }

  @Override
  public Response fault(Fault fault) {
    return common(problems.of(fault));
  }

  @Override
  public Response failed(Throwable failure) {
    return common(problems.failed(failure));
  }

  /** Readiness, for probes: small, and the same bytes every time. */
  private static final class Health {
    static final Response READY = body(200, "{\"status\":\"ready\"}");
    static final Response NOT_READY = body(503, "{\"status\":\"not-ready\"}").with("Retry-After", "1");

    private static Response body(int status, String json) {
      return Response.of(status, "application/json",
          json.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
  }
}
