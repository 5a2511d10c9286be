package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a clientId by its age. */
@OnLocal
final class ClientIdAgeTest {
  private final User ada;
  private final User grace;

  ClientIdAgeTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @ParameterizedTest
  @ValueSource(longs = {50, 30, 1, 0})
  void send_withAClientIdOfThePresent_isSent(long seconds) {
    Message sent = Message.of(send(ClientIds.ago(Duration.ofSeconds(seconds))));
    assertThat(grace.read().messages()).containsExactly(sent);
  }

  /** An attempt under such an id may still be on its way. */
  @Test
  void send_withAnUnknownClientIdOfTheRecentPast_is503() {
    for (long seconds : new long[]{62, 90, 110}) {
      isNotYetKnown(ClientIds.ago(Duration.ofSeconds(seconds)));
    }
  }

  @Test
  void send_withAClientIdThatLiesAhead_is503AndTellsTheTime() {
    for (long seconds : new long[]{15, 60, 110}) {
      Answer answer = isNotYetKnown(ClientIds.ago(Duration.ofSeconds(-seconds)));
      assertThat(answer.text("detail")).contains("ahead");
      assertThat(Duration.between(Instant.parse(answer.text("serverTime")), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    }
  }

  private Answer isNotYetKnown(String clientId) {
    Answer answer = send(clientId);
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("unavailable");
    assertThat(answer.text("clientId")).isEqualTo(clientId);
    assertThat(grace.read().messages()).isEmpty();
    return answer;
  }

  @Test
  void send_againWhenTheTimeOfAClientIdHasCome_isSent() {
    String clientId = ClientIds.ago(Duration.ofSeconds(-3));
    assertThat(send(clientId).status()).isEqualTo(503);
    Answer sent = Awaitility.await()
      .pollInSameThread()
      .until(() -> send(clientId), answer -> answer.status() != 503);
    assertThat(grace.read().messages()).containsExactly(Message.of(sent));
  }

  @ParameterizedTest
  @ValueSource(longs = {122, 3600, 1_000_000_000, -130, -3600, -1_000_000_000})
  void send_withAnUnknownClientIdOfAnotherTime_is422AndNamesAGoodOne(long seconds) {
    String stale = ClientIds.ago(Duration.ofSeconds(seconds));
    Answer answer = send(stale);
    assertThat(answer.status()).as("%s", answer).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("stale-client-id");
    assertThat(Duration.between(Instant.parse(answer.text("serverTime")), Instant.now()).abs())
      .isLessThan(Duration.ofMinutes(1));
    assertThat(answer.text("clientId")).isNotEqualTo(stale);
    assertThat(grace.read().messages()).isEmpty();

    Message sent = Message.of(send(answer.text("clientId")));
    assertThat(send(stale).status()).isEqualTo(422);
    assertThat(grace.read().messages()).containsExactly(sent);
  }

  private Answer send(String clientId) {
    return ada.send(Map.of("to", grace.name(), "content", Secrets.text("hello"), "clientId", clientId));
  }
}
