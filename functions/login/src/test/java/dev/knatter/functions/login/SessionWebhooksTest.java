package dev.knatter.functions.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.chat.webhook.Webhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionWebhooksTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String URL = "https://pocket.example.com/knatter";
  private static final Random random = new Random();
  private static Installation installation;
  private static Pod pod;
  private static Webhooks webhooks;

  private final Identity ada = register();

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(LoginEndpoints::endpoints);
    webhooks = new Webhooks(installation.stores().cassandra(), Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Identity register() {
    return installation.register("ada-" + Long.toHexString(random.nextLong()));
  }

  private Answer login(String address) {
    return pod.post("/v1/login",
        Map.of("username", ada.username(), "password", Installation.PASSWORD, "device",
            Map.of("address", address)));
  }

  private List<String> sessions() {
    return stores.session()
      .execute("SELECT session_id FROM sessions WHERE user_id = ?", ada.userId())
      .all()
      .stream()
      .map(row -> String.valueOf(row.getUuid("session_id")))
      .toList();
  }

  @Test
  void addressThatIsAUrl_isAWebhookUntilTheSessionEnds() {
    Answer answer = login(URL);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(webhooks.of(ada.userId())).singleElement().satisfies(webhook -> {
      assertThat(webhook.id().toString()).isEqualTo(answer.text("sessionId"));
      assertThat(webhook.sessionId()).isEqualTo(webhook.id());
      assertThat(webhook.url()).hasToString(URL);
      assertThat(webhook.secret().text()).isEqualTo(answer.text("webhookSecret"));
    });

    stores.session()
      .execute("DELETE FROM sessions WHERE user_id = ? AND session_id = ?", ada.userId(),
          UUID.fromString(answer.text("sessionId")));
    assertThat(webhooks.of(ada.userId())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fcm:dGVsZXBob25l", "http://pocket.example.com/", "https:", "hooks.example.com"})
  void addressThatIsSomethingElse_isNone(String address) {
    Answer answer = login(address);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().has("webhookSecret")).isFalse();
    assertThat(webhooks.of(ada.userId())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1/", "https://redis.knatter.svc/",
      "https://pocket.example.com:6379/"})
  void urlThatIsNotAllowed_is400AndOpensNoSession(String address) {
    Answer answer = login(address);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo("/device/address");
    assertThat(sessions()).isEmpty();
  }

  @Test
  void eleventhWebhook_is403AndItsSessionHasEnded() {
    IntStream.range(0, Webhooks.MAX).forEach(_ -> assertThat(login(URL).status()).isEqualTo(200));
    assertThat(login(URL).status()).isEqualTo(403);
    assertThat(sessions()).hasSize(Webhooks.MAX)
      .containsExactlyInAnyOrderElementsOf(
          webhooks.of(ada.userId()).stream().map(Webhook::id).map(UUID::toString).toList());
  }
}
