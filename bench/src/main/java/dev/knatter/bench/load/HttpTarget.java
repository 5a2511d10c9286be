package dev.knatter.bench.load;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.knatter.bench.generator.ClosedLoop;
import dev.knatter.bench.generator.HttpWorker;
import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.RedisCommands;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Env;

/**
 * Programs that are asked over HTTP.
 *
 * @param functions by the name of the function that each is
 * @param sessions  that are renewed
 */
record HttpTarget(String name, Map<String, FunctionProcess> functions, Env env, TestUsers users,
    RedisCommands redis,
    List<OpenSession> sessions)
    implements
      LoadTarget {
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
    RequestFactory requests = new RequestFactory(env, users);
    int port = function(scenario).port();
    List<Worker> workers = IntStream.range(0, atOnce)
      .<Worker>mapToObj(worker -> scenario == Scenario.REFRESH
          ? renewing(port, new SessionRenewal(new RoundRobin<>(sessions, worker, atOnce)))
          : new HttpWorker(port, scenario.status(), requests(requests, scenario, worker, atOnce)))
      .toList();
    return ClosedLoop.run(workers, Thread.ofPlatform().factory(), pace, marks);
  }

  /** What a worker asks for, request by request. */
  private Supplier<byte[]> requests(RequestFactory requests, Scenario scenario, int worker, int workers) {
    return switch (scenario) {
      case SEND -> each(users.writing(), worker, workers, requests::send);
      case MESSAGES -> each(users.reading(), worker, workers, requests::page);
      case CACHED -> each(users.readingOften(), worker, workers, requests::page);
      case LOGIN -> each(users.people(), worker, workers, RequestFactory::login);
      case REFRESH -> throw new IllegalArgumentException("What comes next is in the answer: SessionRenewal.");
    };
  }

  private static <T> Supplier<byte[]> each(List<T> items, int worker, int workers,
      Function<T, byte[]> request) {
    RoundRobin<T> turns = new RoundRobin<>(items, worker, workers);
    return () -> request.apply(turns.next());
  }

  private static HttpWorker renewing(int port, SessionRenewal renewing) {
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
