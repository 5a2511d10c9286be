package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The sending process is killed in the middle of whatever it does, and everybody tries again. */
@OnProcesses
@Inside
final class KilledSenderTest {
  private static final int SENDS = 200;
  private static final int AT_A_TIME = 8;

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  KilledSenderTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @Test
  void send_whoseProcessWasKilled_isOneMessageWhenTriedAgain() {
    long seed = Soak.seed();
    int last = 1 + new Random(seed).nextInt(SENDS / 2);
    Pod pod = deployment.pod("/v1/send");
    List<Request> requests = IntStream.range(0, SENDS).mapToObj(this::request).toList();
    AtomicInteger ended = new AtomicInteger();
    List<String> answered = Together.some(SENDS, AT_A_TIME, number -> {
      String id = idOrNothing(pod, requests.get(number));
      if (ended.incrementAndGet() == last) {
        pod.kill(); // while others are on their way
      }
      return id;
    });
    pod.restart();
    List<String> retried = Together.some(SENDS, AT_A_TIME, number -> untilSent(pod, requests.get(number)));

    assertThat(answered).as("seed %s: some were answered, some were not", seed)
      .contains("")
      .anyMatch(id -> !id.isEmpty());
    IntStream.range(0, SENDS)
      .filter(number -> !answered.get(number).isEmpty())
      .forEach(number -> assertThat(
          retried.get(number))
        .as("seed %s: message %s has one id", seed, number)
        .isEqualTo(answered.get(number)));
    List<String> stored = new PageWalk(grace, "with", ada.name()).toThePast(100);
    assertThat(stored).as("seed %s", seed)
      .containsExactlyInAnyOrderElementsOf(retried)
      .doesNotHaveDuplicates();
    assertThat(new PageWalk(grace).toThePast(100)).as("seed %s", seed).containsAll(retried);
  }

  /** Every other one with an opaque key. */
  private Request request(int number) {
    Map<String, String> fields = Map.of("to", grace.name(), "content",
        Secrets.text(Integer.toString(number)));
    String id = ClientIds.now();
    String key = number % 2 == 0 ? id : "key of " + id;
    return User.message(fields).header("Idempotency-Key", "\"" + key + "\"");
  }

  private String idOrNothing(Pod pod, Request request) {
    try {
      Answer answer = Client.tryExchange(pod, request.bearer(ada.token()));
      return answer.status() == 201 ? answer.text("id") : "";
    } catch (IOException e) {
      return "";
    }
  }

  private String untilSent(Pod pod, Request request) {
    Answer sent = Awaitility.await()
      .atMost(Duration.ofSeconds(90))
      .pollDelay(Duration.ZERO)
      .pollInSameThread()
      .until(() -> ada.exchange(pod, request), answer -> answer.status() != 409 && answer.status() != 503);
    return Message.of(sent).id();
  }
}
