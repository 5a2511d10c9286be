package dev.knatter.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.knatter.shared.Env;

/**
 * Programs that are asked over HTTP.
 *
 * @param functions by the name of the function that each is
 * @param sessions  that are renewed
 */
record HttpParty(String name, Map<String, FunctionProcess> functions, Env env, Crowd crowd, Redis redis,
    List<OpenSession> sessions)
    implements
      Party {
  @Override
  public boolean can(Scenario scenario) {
    return functions.containsKey(scenario.function());
  }

  @Override
  public long pid(Scenario scenario) {
    return function(scenario).pid();
  }

  /** With an empty Redis: full buckets, and no page that an earlier run left there. */
  @Override
  public Outcome run(Scenario scenario, int atOnce, LoadDuration pace, MeasurementListener marks)
      throws Exception {
    redis.empty();
    Requests requests = new Requests(env, crowd);
    int port = function(scenario).port();
    List<Worker> workers = IntStream.range(0, atOnce)
      .<Worker>mapToObj(worker -> scenario == Scenario.REFRESH
          ? renewing(port, new Renewing(new RoundRobin<>(sessions, worker, atOnce)))
          : new HttpWorker(port, scenario.status(), requests.of(scenario, crowd, worker, atOnce)))
      .toList();
    return ClosedLoop.run(workers, Thread.ofPlatform().factory(), pace, marks);
  }

  private static HttpWorker renewing(int port, Renewing renewing) {
    return new HttpWorker(port, Scenario.REFRESH.status(), renewing::request,
        answer -> renewing.answered(answer.body()));
  }

  private FunctionProcess function(Scenario scenario) {
    FunctionProcess function = functions.get(scenario.function());
    if (function == null) {
      throw new IllegalStateException(scenario.function() + " was not started.");
    }
    return function;
  }
}
