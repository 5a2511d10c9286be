package dev.knatter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.KeyFiles;
import dev.knatter.shared.token.TokenIssuer;
import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

final class OutsideCallersTest {
  private static final String ISSUER = "https://id.example.com";

  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @TempDir
  private static Path keys;
  private static RSAKey key;
  private static Map<String, String> variables;
  private static Stores stores;
  private static Guard guard;
  private static TokenIssuer ours;

  private final List<Identity> seen = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    KeyFiles.write(keys);
    key = new RSAKeyGenerator(2048).keyID("outside").generate();
    Path outside = Files.writeString(keys.resolve("outside.json"), new JWKSet(key).toString());
    variables = new HashMap<>(real.env());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_NAME_KEY_FILE", keys.resolve("name.key").toString());
    ours = TokenIssuer.from(Env.of(variables), Clock.systemUTC());
    variables.put("KNATTER_OIDC_ISSUER", ISSUER);
    variables.put("KNATTER_OIDC_AUDIENCE", "chat");
    variables.put("KNATTER_OIDC_JWKS_FILE", outside.toString());
    Env env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    stores = Stores.open(env, Clock.systemUTC());
    guard = Guard.create(env, stores);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  private static String token(String subject, String username, String issuer) throws Exception {
    long now = Instant.now().getEpochSecond();
    JWSObject jws = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("outside").build(),
        new Payload(
            Map.of("iss", issuer, "aud", "chat", "sub", subject, "preferred_username", username, "scope",
                "profile", "iat", now,
                "exp", now + 300)));
    jws.sign(new RSASSASigner(key));
    return jws.serialize();
  }

  private Message<?> call(String token) {
    return guard.<String>bearer("send", message -> {
      seen.add(Caller.of(message).identity());
      return new GenericMessage<>("done");
    }).apply(new GenericMessage<>("input", Map.of("Authorization", "Bearer " + token)));
  }

  private static @Nullable Object member(Message<?> answer, String name) {
    return answer.getPayload() instanceof Map<?, ?> body ? body.get(name) : null;
  }

  @Test
  void outsideToken_isAUserOfOurs() throws Exception {
    Message<?> answer = call(token("1", "ada", ISSUER));

    assertThat(answer.getPayload()).isEqualTo("done");
    assertThat(answer.getHeaders()).containsKey("RateLimit");
    assertThat(seen.getLast().username()).isEqualTo("ada");
    call(token("1", "ada", ISSUER));
    assertThat(seen.getLast()).usingRecursiveComparison()
      .ignoringFields("outside.issuedAt")
      .isEqualTo(seen.getFirst());
  }

  @Test
  void ourToken_countsBesides() {
    Identity bob = new Identity(UUID.randomUUID(), "bob", UUID.randomUUID());
    call(ours.issue(bob));

    assertThat(seen).containsExactly(bob);
  }

  @Test
  void outsideTokenThatDoesNotCount_is401() throws Exception {
    for (String token : List.of(token("2", "eve", ISSUER + "/"), token("2", "eve", ISSUER) + "x",
        token("", "eve", ISSUER), "x".repeat(9_000), "a.b.c")) {
      Message<?> answer = call(token);

      assertThat(answer.getHeaders()).containsEntry("statusCode", 401)
        .containsEntry("WWW-Authenticate", "Bearer realm=\"knatter\", error=\"invalid_token\"");
      assertThat(member(answer, "detail")).isEqualTo("The access token is not valid.");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void outsideNameThatCannotBeHad_is403WithWhatToDo() throws Exception {
    call(token("3", "grace", ISSUER));
    for (String name : List.of("grace", "g")) {
      Message<?> answer = call(token("4", name, ISSUER));

      assertThat(answer.getHeaders()).containsEntry("statusCode", 403);
      assertThat(member(answer, "type")).isEqualTo("urn:knatter:problem:username-taken");
      assertThat(String.valueOf(member(answer, "detail"))).contains("Have it changed there");
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void newAccount_isAnnouncedOnceWhereEventsArePublished() throws Exception {
    Map<String, String> withSink = new HashMap<>(variables);
    withSink.put("K_SINK", "http://127.0.0.1:1/");
    Env env = Env.of(withSink);
    try (Stores own = Stores.open(env, Clock.systemUTC())) {
      Function<Message<String>, Message<?>> publishing = Guard.create(env, own)
        .bearer("send", message -> new GenericMessage<>(Caller.of(message).identity().userId().toString()));
      Message<String> call = new GenericMessage<>("input",
          Map.of("Authorization", "Bearer " + token("4", "hedy", ISSUER)));
      Object user = publishing.apply(call).getPayload();
      assertThat(publishing.apply(call).getPayload()).isEqualTo(user);
      assertThat(real.session().execute("SELECT type, subject FROM publications").all()).singleElement()
        .satisfies(row -> {
          assertThat(row.getString("type")).isEqualTo("USER_REGISTERED");
          assertThat(row.getUuid("subject")).hasToString(user.toString());
        });
    }
  }

  @Test
  void halfAConfiguration_stopsTheStart() {
    Map<String, String> half = new HashMap<>(variables);
    half.remove("KNATTER_OIDC_AUDIENCE");
    Guard broken = Guard.create(Env.of(half), stores);

    assertThatThrownBy(() -> broken.<String>bearer("send", message -> message))
      .hasMessageContaining("KNATTER_OIDC_AUDIENCE");
  }

  /** Classes cost a cold start; a function without an outside issuer shall not pay for one. */
  @Test
  void withoutAnOutsideIssuer_nothingOfItIsLoaded() throws Exception {
    assertThat(loaded(false)).contains("TokenVerifier")
      .doesNotContain("RemoteKeys", "OutsideAccounts",
          "OutsideKey", "Bindings", "HttpURLConnection");
    assertThat(loaded(true)).contains("TokenVerifier", "OutsideKey", "OutsideAccounts", "Bindings");
  }

  private static String loaded(boolean outside) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xlog:class+load", "-cp", System.getProperty("java.class.path"), WrapMain.class.getName())
      .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("KNATTER_"));
    builder.environment().putAll(variables);
    if (!outside) {
      builder.environment().keySet().removeIf(name -> name.startsWith("KNATTER_OIDC_"));
    }
    Process process = builder.start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return log;
  }
}
