package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.knatter.embedded.Checkout;
import dev.knatter.testing.RealStores;
import dev.knatter.tools.KeysMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes the signing key step by step, as docs/operating.md says, with a restart after each command. */
final class KeyRotationTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Pattern COMMAND = Pattern.compile("(?m)^ *\\./knatter keys (.+) keys$");
  private static final String ADA = "{\"username\":\"ada\",\"password\":\"correct horse battery\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir
  private Path data;

  private record Answer(int status, String text, JsonNode body) {}

  private Local start() throws InterruptedException {
    Local local = Local.start(new LocalSettings(0, data, stores.env()), false, _ -> {});
    await().atMost(Duration.ofSeconds(30)).until(local::ready);
    return local;
  }

  private Answer ask(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body(), JsonMapper.shared().readTree(answer.body()));
  }

  private Answer post(Local local, String path, String body) throws Exception {
    return ask(HttpRequest.newBuilder(local.uri().resolve(path))
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(body)));
  }

  private Answer login(Local local) throws Exception {
    Answer tokens = post(local, "/v1/login", ADA);
    assertThat(tokens.status()).isEqualTo(200);
    return tokens;
  }

  private Answer refresh(Local local, Answer tokens) throws Exception {
    return post(local, "/v1/refresh",
        "{\"refreshToken\":\"" + tokens.body().path("refreshToken").asString() + "\"}");
  }

  /** How the functions receive an access token. */
  private int status(Local local, Answer tokens) throws Exception {
    return ask(HttpRequest.newBuilder(local.uri().resolve("/v1/messages"))
      .header("Authorization", "Bearer " + tokens.body().path("accessToken").asString())).status();
  }

  private static String keyOf(Answer tokens) throws Exception {
    return SignedJWT.parse(tokens.body().path("accessToken").asString()).getHeader().getKeyID();
  }

  private List<String> published(Local local) throws Exception {
    Answer keys = ask(HttpRequest.newBuilder(local.uri().resolve("/.well-known/jwks.json")));
    return JWKSet.parse(keys.text()).getKeys().stream().map(JWK::getKeyID).toList();
  }

  private static List<String> commands() throws Exception {
    List<String> commands = new ArrayList<>();
    COMMAND.matcher(Files.readString(Checkout.root().resolve("docs/operating.md")))
      .results()
      .forEach(command -> commands.add(command.group(1)));
    return commands;
  }

  private void type(String command) throws Exception {
    KeysMain.main(new String[]{command, data.resolve("keys").toString()});
  }

  @Test
  void walkThrough_fromTopToBottom_refusesNoGoodTokenAndEndsNoSession() throws Exception {
    Iterator<String> commands = commands().iterator();
    Answer before;
    String old;
    try (Local local = start()) {
      assertThat(post(local, "/v1/register", ADA).status()).isEqualTo(201);
      before = login(local);
      old = keyOf(before);
      assertThat(published(local)).containsExactly(old);
    }

    type(commands.next());
    try (Local local = start()) {
      assertThat(published(local)).hasSize(2).contains(old);
      assertThat(status(local, before)).isEqualTo(200);
      assertThat(keyOf(login(local))).isEqualTo(old);
    }

    type(commands.next());
    Answer after;
    Answer renewed;
    try (Local local = start()) {
      after = login(local);
      assertThat(keyOf(after)).isNotEqualTo(old).isIn(published(local));
      assertThat(published(local)).hasSize(2).contains(old);
      assertThat(status(local, before)).as("signed by the old key").isEqualTo(200);
      assertThat(status(local, after)).isEqualTo(200);
      renewed = refresh(local, before);
      assertThat(keyOf(renewed)).isEqualTo(keyOf(after));
    }

    type(commands.next());
    try (Local local = start()) {
      assertThat(published(local)).containsExactly(keyOf(after));
      assertThat(status(local, before)).as("signed by the old key").isEqualTo(401);
      assertThat(status(local, after)).isEqualTo(200);
      assertThat(status(local, renewed)).isEqualTo(200);
      assertThat(refresh(local, renewed).status()).isEqualTo(200);
    }
    assertThat(commands.hasNext()).isFalse();
  }
}
