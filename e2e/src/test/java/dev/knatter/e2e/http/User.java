package dev.knatter.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;

/**
 * Somebody with an account and a session.
 *
 * @param id of the account
 */
public record User(Deployment deployment, String name, String password, String id, String token) {
  /** The name of whoever may do what operators may. */
  public static final String OPERATOR = "operator";

  /** Registers under a name that nobody has, and logs in. */
  public static User create(Deployment deployment) {
    return create(deployment, Client.TRIES);
  }

  /** Under another name each time: an account whose registration came to an unknown end may be there. */
  private static User create(Deployment deployment, int tries) {
    String name = freeName();
    String password = Secrets.text(name);
    Answer account = Client.exchange(deployment, registration(name, password));
    if (account.isOfABusyStore() && tries > 1) {
      account.awaitRetry();
      return create(deployment, tries - 1);
    }
    assertThat(account.status()).as("%s", account).isEqualTo(201);
    return login(deployment, name, password);
  }

  /** Logs the operator in. */
  public static User operator(Deployment deployment) {
    String password = Secrets.text(OPERATOR);
    Answer account = Client.exchange(deployment, registration(OPERATOR, password));
    assertThat(account.status()).as("%s", account).isIn(201, 409);
    return login(deployment, OPERATOR, password);
  }

  public static Request registration(String name, String password) {
    return Request.post("/v1/register").json(Map.of("username", name, "password", password));
  }

  public static Request credentials(String name, String password) {
    return Request.post("/v1/login").json(Map.of("username", name, "password", password));
  }

  public static User login(Deployment deployment, String name, String password) {
    Answer tokens = Client.exchange(deployment, credentials(name, password));
    assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
    deployment.secrets().add(tokens.text("refreshToken"));
    return new User(deployment, name, password, tokens.text("userId"), tokens.text("accessToken"));
  }

  /** Logs in again: access tokens live for minutes. */
  public User again() {
    return login(deployment, name, password);
  }

  public static String freeName() {
    UUID random = UUID.randomUUID();
    return "u" + BigInteger.valueOf(random.getLeastSignificantBits()).abs().toString(36);
  }

  public Answer exchange(Request request) {
    return Client.exchange(deployment, request.bearer(token));
  }

  public Answer exchange(Pod pod, Request request) {
    return Client.exchange(pod, request.bearer(token));
  }

  public static Request message(Map<String, ?> fields) {
    return Request.post("/v1/send").json(fields);
  }

  public Answer send(Map<String, ?> fields) {
    return exchange(message(fields));
  }

  /** Sends a message, which must work, and returns it. */
  public Message say(String to, String content) {
    return Message.of(send(Map.of("to", to, "content", content, "clientId", ClientIds.now())));
  }

  /** @param query names and values of parameters, one after the other */
  public static Request reading(String... query) {
    Request request = Request.get("/v1/messages");
    for (int i = 0; i < query.length; i += 2) {
      request = request.query(query[i], query[i + 1]);
    }
    return request;
  }

  /** Reads a page, which must work. */
  public Page read(String... query) {
    return Page.of(exchange(reading(query)));
  }
}
