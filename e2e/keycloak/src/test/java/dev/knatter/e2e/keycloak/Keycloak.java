package dev.knatter.e2e.keycloak;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.embedded.Ports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Keycloak, as it is distributed, with the realm of {@code realm.json}: in development mode, with its database in
 * memory, on a free port of loopback. It ends with this process, whatever happens to that.
 */
final class Keycloak implements AutoCloseable {
  private static final String ADMIN = "admin";
  /** What it builds at its first start takes long where others need the processors too. */
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  /** Reading ends when our end of the pipe is closed, and the kernel closes it when we are gone. */
  private static final String UNTIL_WE_ARE_GONE = """
      "$@" </dev/null &
      server=$!
      read -r _
      kill -TERM $server
      wait $server""";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Keycloak start() throws IOException {
    Path home;
    try (Stream<Path> unpacked = Files.list(Path.of("target", "keycloak"))) {
      home = unpacked.findFirst().orElseThrow().toAbsolutePath();
    }
    Path realms = Files.createDirectories(home.resolve("data/import"));
    try (InputStream realm = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/realm.json"))) {
      Files.copy(realm, realms.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    int port = Ports.free();
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", UNTIL_WE_ARE_GONE, "keeper",
        home.resolve("bin/kc.sh").toString(), "start-dev", "--db=dev-mem", "--http-host=127.0.0.1",
        "--http-port=" + port,
        "--import-realm")
      .redirectErrorStream(true)
      .redirectOutput(Path.of("target", "keycloak.log").toFile());
    builder.environment()
      .putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
          "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN, "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1"));
    Keycloak keycloak = new Keycloak(builder.start(), port);
    try {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(keycloak::isThere);
    } catch (RuntimeException e) {
      keycloak.close();
      throw e;
    }
    return keycloak;
  }

  private boolean isThere() throws InterruptedException {
    try {
      return http.send(HttpRequest.newBuilder(URI.create(jwksUrl())).build(), BodyHandlers.discarding())
        .statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/team";
  }

  String jwksUrl() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  /** Logs somebody in at a client of the realm. */
  JsonNode logIn(String client, String username, String password) {
    return logIn("team", Map.of("client_id", client, "username", username, "password", password));
  }

  private JsonNode logIn(String realm, Map<String, String> parameters) {
    String form = Stream
      .concat(parameters.entrySet().stream(),
          Map.of("grant_type", "password", "scope", "openid").entrySet().stream())
      .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
      .collect(Collectors.joining("&"));
    return exchange(HttpRequest
      .newBuilder(
          URI.create("http://127.0.0.1:" + port + "/realms/" + realm + "/protocol/openid-connect/token"))
      .header("Content-Type", "application/x-www-form-urlencoded")
      .POST(BodyPublishers.ofString(form)));
  }

  /** Gives the realm a new key, which signs from now on; the old one goes on verifying. */
  void rotateKeys() {
    String token = logIn("master", Map.of("client_id", "admin-cli", "username", ADMIN, "password", ADMIN))
      .path("access_token")
      .asString();
    exchange(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/realms/team/components"))
      .header("Authorization", "Bearer " + token)
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(
          """
              {"name": "newer", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
               "config": {"priority": ["1000"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"]}}""")));
  }

  private JsonNode exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it and waits for its end. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
