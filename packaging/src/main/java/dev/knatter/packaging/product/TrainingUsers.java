package dev.knatter.packaging.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.chat.event.EventSource;
import dev.knatter.chat.event.EventSources;
import dev.knatter.local.Local;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.TokenIssuer;

/**
 * Two users who have exchanged messages before a function is trained, and a third who exceeds rate limits. The product
 * itself registered them.
 *
 * @param conversation of the first two users
 * @param messages     what the first one has sent there
 * @param tokens with the product's own key; to it, the first user is an operator
 * @param source whose events may do everything
 */
record TrainingUsers(User one, User other, User loud, String conversation, List<String> messages,
    TokenIssuer tokens, EventSource source) {
  static final String PASSWORD = "correct horse battery staple";
  private static final String KEY = "{\"algorithm\":\"X25519\",\"publicKey\":\"%s\"}"
    .formatted("QUJD".repeat(11));
  /** How many messages the two have exchanged: enough for a full page. */
  private static final int PAGE = 50;
  private static final int REPETITIONS = 20;
  private static final Pattern TOKENS = Pattern
    .compile("\"accessToken\":\"([^\"]+)\".*\"refreshToken\":\"([^\"]+)\".*\"userId\":\"([^\"]+)\"");

  record User(UUID id, String name, String token, String refreshToken) {
    String authorization() {
      return "Bearer " + token;
    }
  }

  static TrainingUsers register(Local local, String occasion) {
    // Two trainings may use the same stores.
    String unique = occasion + "-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    URI product = local.uri();
    Map<String, String> environment = new HashMap<>(local.environment());
    environment.put("KNATTER_OPERATORS", unique + "-ada");
    Env env = Env.of(environment);
    TokenIssuer tokens = TokenIssuer.from(env, Clock.systemUTC());
    try (HttpClient client = HttpClient.newHttpClient()) {
      User one = user(client, product, unique + "-ada");
      User other = user(client, product, unique + "-grace");
      User loud = user(client, product, unique + "-loud");
      List<String> messages = new ArrayList<>();
      String conversation = "";
      for (int i = 0; i < PAGE / 2; i++) {
        String sent = say(client, product, one, other);
        messages.add(member(sent, "id"));
        conversation = member(sent, "conversationId");
        String _ = say(client, product, other, one);
      }
      ask(client, written(product.resolve("/v1/blocks/" + loud.name()), one).PUT(BodyPublishers.noBody()),
          204);
      for (User user : List.of(one, other)) {
        ask(client,
            written(product.resolve("/v1/me/keys/training"), user).PUT(BodyPublishers.ofString(KEY)), 204);
      }
      return new TrainingUsers(one, other, loud, conversation, messages, tokens,
          EventSources.from(env).all().getFirst());
    }
  }

  private static String say(HttpClient client, URI product, User from, User to) {
    String message = "{\"to\":\"%s\",\"content\":\"See you at the usual place.\"}".formatted(to.name());
    return ask(client, written(product.resolve("/v1/send"), from).POST(BodyPublishers.ofString(message)),
        201);
  }

  private static String member(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException("A message without " + name);
    }
    return matcher.group(1);
  }

  private static HttpRequest.Builder written(URI uri, User by) {
    return json(uri).header("Authorization", by.authorization());
  }

  private static HttpRequest.Builder json(URI uri) {
    return HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
  }

  private static User user(HttpClient client, URI product, String name) {
    BodyPublisher body = BodyPublishers.ofString(account(name));
    ask(client, json(product.resolve("/v1/register")).POST(body), 201);
    Matcher matcher = TOKENS.matcher(ask(client, json(product.resolve("/v1/login")).POST(body), 200));
    if (!matcher.find()) {
      throw new IllegalStateException("A login without a token.");
    }
    return new User(UUID.fromString(matcher.group(3)), name, matcher.group(1), matcher.group(2));
  }

  /** Of a user in a new session. */
  String authorization(User user) {
    return "Bearer " + tokens.issue(new Identity(user.id(), user.name(), UUID.randomUUID()));
  }

  static String account(String name) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);
  }

  static UUID clientId() {
    return new Uuid7(Clock.systemUTC()).mint();
  }

  private static String ask(HttpClient client, HttpRequest.Builder builder, int status) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      for (int i = 0; i < REPETITIONS && answer.statusCode() == 503; i++) {
        answer = client.send(request, BodyHandlers.ofString());
      }
      if (answer.statusCode() != status) {
        throw new IllegalStateException(
            "%s answers %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
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
