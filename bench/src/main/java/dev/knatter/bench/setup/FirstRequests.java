package dev.knatter.bench.setup;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.MeasuredProgram.First;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.event.CommandType;
import dev.knatter.shared.Env;
import dev.knatter.shared.token.RefreshToken;

/** What each function is asked first after it has started. */
public final class FirstRequests {
  /** Of an account that must exist, or login refuses. */
  static final String USERNAME = "bench-login";
  private static final String PASSWORD = "correct horse battery staple";

  private final Map<String, First> byFunction;

  public FirstRequests(Env env, TestUsers users) {
    AtomicInteger number = new AtomicInteger();
    this.byFunction = Map.ofEntries(
        Map.entry("register", new First(201, () -> account("bench-" + number.incrementAndGet(), "register"))),
        Map.entry("login", new First(200, () -> account(USERNAME, "login"))),
        Map.entry("refresh", new First(401, FirstRequests::renewal)),
        Map.entry("logout", new First(204, () -> of(env, users, number, "POST /v1/logout", "{}"))),
        Map.entry("sessions", new First(200, () -> of(env, users, number, "GET /v1/sessions", ""))),
        Map.entry("jwks", new First(200, () -> HttpConnection.request("GET /.well-known/jwks.json", "", ""))),
        Map.entry("send",
            new First(201, () -> new RequestFactory(env, users).send(users.writing().getFirst()))),
        Map.entry("messages",
            new First(200, () -> new RequestFactory(env, users).page(users.reading().getFirst()))),
        // Of a message that there is not.
        Map.entry("edit", new First(404, () -> of(env, users, number, "POST /v1/edit", change("content")))),
        Map.entry("delete", new First(404, () -> of(env, users, number, "POST /v1/delete", change("")))),
        Map.entry("react", new First(404, () -> of(env, users, number, "POST /v1/react", change("emoji")))),
        Map.entry("read", new First(404, () -> of(env, users, number, "POST /v1/read", mark()))),
        Map.entry("stream", new First(201, () -> of(env, users, number, "POST /v1/stream/ticket", "{}"))),
        Map.entry("outbox", new First(202, FirstRequests::tick)),
        // Without a signature, so that nothing is sent or erased.
        Map.entry("send-events", new First(400, () -> event(CommandType.SEND.text(), "{}"))),
        Map.entry("erase-events", new First(400, () -> event(CommandType.ERASE.text(), "{}"))),
        Map.entry("users",
            new First(200, () -> new RequestFactory(env, users).profile(users.reading().getFirst()))),
        Map.entry("account",
            new First(200, () -> new RequestFactory(env, users).me(users.reading().getFirst().one()))),
        Map.entry("export", new First(200, () -> of(env, users, number, "GET /v1/me/export", ""))),
        // By somebody who is no operator: it costs the same but for the reads of an empty list.
        Map.entry("dead-letters", new First(403, () -> of(env, users, number, "GET /v1/dead-letters", ""))),
        Map.entry("webhooks", new First(200, () -> of(env, users, number, "GET /v1/webhooks", ""))),
        Map.entry("conversations", new First(200, () -> of(env, users, number, "GET /v1/conversations", ""))),
        Map.entry("deliver", new First(202, FirstRequests::unknownMessage)),
        Map.entry("web", new First(200, () -> HttpConnection.request("GET /", "", ""))));
  }

  /** @throws IllegalStateException for a function that has no first request here */
  public First of(String function) {
    First first = byFunction.get(function);
    if (first == null) {
      throw new IllegalStateException(
          "FirstRequests has no request for " + function + ".");
    }
    return first;
  }

  public static NewAccount whoLogsIn() {
    return NewAccount.checked(USERNAME, PASSWORD, null, null);
  }

  private static byte[] account(String username, String operation) {
    return HttpConnection.request("POST /v1/" + operation, "",
        "{\"username\":\"" + username + "\",\"password\":\"" + PASSWORD + "\"}");
  }

  /**
   * By a user who receives nothing meanwhile, or exports would grow from start to start, and by another user each time, or
   * the rate limit would refuse it.
   */
  private static byte[] of(Env env, TestUsers users, AtomicInteger number, String operation, String body) {
    List<Person> idle = users.people().subList(users.people().size() / 2, users.people().size());
    Person caller = idle.get(number.incrementAndGet() % idle.size());
    return HttpConnection.request(operation, new RequestFactory(env, users).token(caller), body);
  }

  /** @param member with the value x; empty for none */
  private static String change(String member) {
    return "{\"conversationId\":\"%s\",\"id\":\"%s\"%s}".formatted(UUID.randomUUID(), UUID.randomUUID(),
        member.isEmpty() ? "" : ",\"" + member + "\":\"x\"");
  }

  private static String mark() {
    return "{\"conversationId\":\"%s\",\"upTo\":\"019a4f70-1c2d-7d5e-9f60-718293a4b5c6\"}"
      .formatted(UUID.randomUUID());
  }

  /** Of a session that there is not, which costs the same reads: one that there is would need a login first. */
  private static byte[] renewal() {
    RefreshToken token = RefreshToken.mint(UUID.randomUUID(), UUID.randomUUID(), 1, new SecureRandom());
    return HttpConnection.request("POST /v1/refresh", "", "{\"refreshToken\":\"" + token.text() + "\"}");
  }

  private static byte[] tick() {
    return event("dev.knative.sources.ping", "{}");
  }

  /** Of a message that there is not: so nobody is told. */
  private static byte[] unknownMessage() {
    return event("dev.knatter.message.sent.v1",
        "{\"id\":\"%s\",\"conversationId\":\"%s\"}".formatted(UUID.randomUUID(), UUID.randomUUID()));
  }

  private static byte[] event(String type, String data) {
    return HttpConnection.withHeaders("POST /", "Content-Type: application/cloudevents+json\r\n",
        "{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"/bench\",\"id\":\"%s\",\"data\":%s}"
          .formatted(type, UUID.randomUUID(), data));
  }
}
