package dev.knatter.bench.setup;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.TokenIssuer;

/** The requests of people who have logged in just now: tokens live shorter than a long run. */
public final class RequestFactory {
  /** How many messages a page has. */
  public static final int PAGE = 50;

  private final Uuid7 ids = new Uuid7(Clock.systemUTC());
  private final Map<Person, String> tokens = new HashMap<>();

  public RequestFactory(Env env, TestUsers users) {
    TokenIssuer issuer = TokenIssuer.from(env, Clock.systemUTC());
    for (Person person : users.people()) {
      tokens.put(person, issuer.issue(new Identity(person.id(), person.name(), UUID.randomUUID())));
    }
  }

  public byte[] send(TestUsers.Pair pair) {
    return send(pair.one(), pair.other());
  }

  public byte[] send(Person from, Person to) {
    return HttpConnection.request("POST /v1/send", token(from), message(to));
  }

  /** The body of a send. */
  public String message(Person to) {
    return "{\"to\":\"" + to.name() + "\",\"clientId\":\"" + ids.mint() + "\",\"content\":\""
        + TestUsers.CONTENT + "\"}";
  }

  /** A message to all members of a conversation. */
  public byte[] sendTo(UUID conversation, Person from) {
    return sendTo(conversation, token(from));
  }

  /** @param token of the sender */
  public byte[] sendTo(UUID conversation, String token) {
    return HttpConnection.request("POST /v1/send", token, "{\"conversationId\":\"" + conversation
        + "\",\"clientId\":\"" + ids.mint() + "\",\"content\":\"" + TestUsers.CONTENT + "\"}");
  }

  public static byte[] login(Person person) {
    return HttpConnection.request("POST /v1/login", "",
        "{\"username\":\"" + person.name() + "\",\"password\":\"" + TestUsers.PASSWORD + "\"}");
  }

  public byte[] page(TestUsers.Pair pair) {
    return HttpConnection.request(
        "GET /v1/messages?limit=" + PAGE + "&with=" + pair.other().name(), token(pair.one()), "");
  }

  /** The newest of all that a user sent and received. */
  public byte[] inbox(Person owner, int limit) {
    return HttpConnection.request("GET /v1/messages?limit=" + limit, token(owner), "");
  }

  /** The profile of the other user. */
  byte[] profile(TestUsers.Pair pair) {
    return HttpConnection.request("GET /v1/users/" + pair.other().name(), token(pair.one()), "");
  }

  /** The profile of the caller. */
  byte[] me(Person owner) {
    return HttpConnection.request("GET /v1/me", token(owner), "");
  }

  public String token(Person person) {
    String token = tokens.get(person);
    if (token == null) {
      throw new IllegalArgumentException(person.name() + " is not one of these users.");
    }
    return token;
  }
}
