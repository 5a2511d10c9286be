package dev.knatter.packaging.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.token.Identity;
import dev.knatter.core.token.TokenIssuer;
import dev.knatter.local.Local;

/**
 * Two who talk with each other while a function is trained, and a third, who says too much. They were made by the
 * product, as everybody is.
 *
 * @param tokens with the product's own key
 */
record People(Person one, Person other, Person loud, TokenIssuer tokens) {
  static final String PASSWORD = "correct horse battery staple";
  private static final int REPETITIONS = 20;
  private static final Pattern TOKENS = Pattern
    .compile("\"accessToken\":\"([^\"]+)\".*\"refreshToken\":\"([^\"]+)\".*\"userId\":\"([^\"]+)\"");

  record Person(UUID id, String name, String token, String refreshToken) {
    String authorization() {
      return "Bearer " + token;
    }
  }

  static People meet(Local local, String occasion) {
    // Two trainings may use the same stores.
    String unique = occasion + "-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    URI product = local.uri();
    TokenIssuer tokens = TokenIssuer.from(Env.of(local.environment()), Clock.systemUTC());
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new People(person(client, product, unique + "-ada"), person(client, product, unique + "-grace"),
          person(client, product, unique + "-loud"), tokens);
    }
  }

  private static Person person(HttpClient client, URI product, String name) {
    String account = account(name);
    post(client, product.resolve("/v1/register"), account, 201);
    Matcher matcher = TOKENS.matcher(post(client, product.resolve("/v1/login"), account, 200));
    if (!matcher.find()) {
      throw new IllegalStateException("A login without a token.");
    }
    return new Person(UUID.fromString(matcher.group(3)), name, matcher.group(1), matcher.group(2));
  }

  /** Of somebody in yet another session. */
  String authorization(Person person) {
    return "Bearer " + tokens.issue(new Identity(person.id(), person.name(), UUID.randomUUID()));
  }

  static String account(String name) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);
  }

  static UUID clientId() {
    return new Uuid7(Clock.systemUTC()).mint();
  }

  private static String post(HttpClient client, URI uri, String body, int status) {
    HttpRequest request = HttpRequest.newBuilder(uri)
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(body))
      .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      for (int i = 0; i < REPETITIONS && answer.statusCode() == 503; i++) {
        answer = client.send(request, BodyHandlers.ofString());
      }
      if (answer.statusCode() != status) {
        throw new IllegalStateException(
            "%s answers %d: %s".formatted(uri, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped.", e);
    }
  }
}
