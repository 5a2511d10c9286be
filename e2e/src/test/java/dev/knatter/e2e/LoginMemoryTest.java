package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** More logins at once than there is memory to hash passwords with. */
@OnProcesses
@Inside
final class LoginMemoryTest {
  private static final int AT_ONCE = 64;
  private static final int USERS = 8;
  private static final long LIMIT = 256L << 20;
  private static final String LOGIN = "/v1/login";

  private final Deployment deployment;

  LoginMemoryTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void logins_sixtyFourAtOnceIn256Mebibytes_areAnsweredOrToldToComeBack() {
    // As a packaged login runs.
    Pod pod = deployment
      .beside("crowded", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1")
      .pod(LOGIN);
    pod.awaitReady();
    List<User> users = Stream.generate(() -> User.create(deployment)).limit(USERS).toList();

    List<Answer> answers = Together.all(AT_ONCE, number -> {
      User user = users.get(number % USERS);
      Answer answer = Client.exchange(pod, User.credentials(user.name(), user.password()));
      deployment.secrets().add(answer.text("refreshToken"));
      return answer;
    });

    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 503).contains(200);
    assertThat(answers).filteredOn(answer -> answer.status() == 503)
      .allSatisfy(answer -> assertThat(answer.header("Retry-After")).matches("[1-9]\\d*"));
    assertThat(pod.isAlive()).isTrue();
    User user = users.getFirst();
    assertThat(Client.exchange(pod, User.credentials(user.name(), user.password())).status()).isEqualTo(200);
    assertThat(pod.memory("VmHWM")).isLessThan(LIMIT);
    assertThat(pod.memory("VmSwap")).isZero();
  }
}
