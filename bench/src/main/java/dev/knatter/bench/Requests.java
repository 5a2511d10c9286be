package dev.knatter.bench;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.TokenIssuer;

/** The requests of people who have logged in just now: tokens live shorter than a long run. */
final class Requests {
  private final Uuid7 ids = new Uuid7(Clock.systemUTC());
  private final Map<Person, String> tokens = new HashMap<>();

  Requests(Env env, Crowd crowd) {
    TokenIssuer issuer = TokenIssuer.from(env, Clock.systemUTC());
    for (Person person : crowd.people()) {
      tokens.put(person, issuer.issue(new Identity(person.id(), person.name(), UUID.randomUUID())));
    }
  }

  byte[] send(Crowd.Pair pair) {
    return send(pair.one(), pair.other());
  }

  byte[] send(Person from, Person to) {
    return HttpConnection.request("POST /v1/send", token(from), message(to));
  }

  /** The body of a send. */
  String message(Person to) {
    return "{\"to\":\"" + to.name() + "\",\"clientId\":\"" + ids.mint() + "\",\"content\":\""
        + Crowd.CONTENT + "\"}";
  }

  private static byte[] login(Person person) {
    return HttpConnection.request("POST /v1/login", "",
        "{\"username\":\"" + person.name() + "\",\"password\":\"" + Crowd.PASSWORD + "\"}");
  }

  byte[] page(Crowd.Pair pair) {
    return HttpConnection.request(
        "GET /v1/messages?limit=" + RawPage.LIMIT + "&with=" + pair.other().name(), token(pair.one()), "");
  }

  /** The newest of all that somebody sent and received. */
  byte[] inbox(Person owner, int limit) {
    return HttpConnection.request("GET /v1/messages?limit=" + limit, token(owner), "");
  }

  /** Who the other one is. */
  byte[] profile(Crowd.Pair pair) {
    return HttpConnection.request("GET /v1/users/" + pair.other().name(), token(pair.one()), "");
  }

  /** What somebody has said about himself. */
  byte[] me(Person owner) {
    return HttpConnection.request("GET /v1/me", token(owner), "");
  }

  String token(Person person) {
    String token = tokens.get(person);
    if (token == null) {
      throw new IllegalArgumentException(person.name() + " is not of this crowd.");
    }
    return token;
  }

  /** What a worker asks for, request by request. */
  Supplier<byte[]> of(Scenario scenario, Crowd crowd, int worker, int workers) {
    return switch (scenario) {
      case SEND -> each(crowd.writing(), worker, workers, this::send);
      case MESSAGES -> each(crowd.reading(), worker, workers, this::page);
      case CACHED -> each(crowd.readingOften(), worker, workers, this::page);
      case LOGIN -> each(crowd.people(), worker, workers, Requests::login);
      case REFRESH -> throw new IllegalArgumentException("What comes next is in the answer: Renewing.");
    };
  }

  private static <T> Supplier<byte[]> each(List<T> items, int worker, int workers,
      Function<T, byte[]> request) {
    RoundRobin<T> turns = new RoundRobin<>(items, worker, workers);
    return () -> request.apply(turns.next());
  }
}
