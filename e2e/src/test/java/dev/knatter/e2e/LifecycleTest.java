package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.Logs;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.deploy.StartWithoutStores;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.RawConnection;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * From the start of the processes, which is before that of the stores, to their end. Those that get requests here log all
 * they can: what they do is searched for secrets at the lowest level. What holds for the end of the other functions is in
 * {@link EndOfProcessesTest}.
 */
@OnProcesses
@Inside
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LifecycleTest {
  private static final int SENDS = 8;

  private final Deployment shared;
  private final Deployment deployment;

  LifecycleTest(Deployment shared) {
    this.shared = shared;
    this.deployment = shared.once(TraceLogging.class, TraceLogging::start).deployment();
  }

  /** Processes that log all they can. */
  private record TraceLogging(Deployment deployment) {
    static TraceLogging start(Deployment shared) {
      return new TraceLogging(shared.beside("trace", "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"));
    }
  }

  @Test
  @Order(1)
  void process_startedBeforeItsStores_isNotReadyUntilTheyAreThere() {
    StartWithoutStores start = shared.once(StartWithoutStores.class, StartWithoutStores::of);
    assertThat(start.health()).hasSizeGreaterThan(20);
    start.health().forEach((pod, status) -> {
      if (!pod.toString().matches("(jwks|web)-.*")) { // which have their answers without any store
        assertThat(status).as("%s", pod).isEqualTo(503);
      }
    });
    assertThat(start.metrics()).hasSameSizeAs(start.health());
    start.metrics()
      .forEach((pod, metrics) -> assertThat(metrics).as("%s", pod)
        .contains("faas_coldstarts_total{", "} 0.0\n", "faas_init_duration_seconds{")
        .doesNotContain("knatter_first_answer_seconds"));
  }

  @Test
  @Order(2)
  void process_afterItsFirstAnswer_reportsItsColdStart() {
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    Message sent = ada.say(grace.name(), Secrets.text("hello"));
    assertThat(grace.read().messages()).containsExactly(sent);
    for (String function : List.of("register", "login", "send", "messages")) {
      Pod pod = deployment.pod("/v1/" + function);
      assertThat(metrics(pod))
        .containsPattern("faas_coldstarts_total\\{faas_name=\"[^\"]*" + function + "[^\"]*\"} 1.0\n")
        .contains("faas_init_duration_seconds{", "knatter_first_answer_seconds{");
      assertThat(Logs.read(pod.log())).as("%s", pod)
        .containsOnlyOnce("s after the start of the process, the first request answered");
    }
  }

  private static String metrics(Pod pod) {
    return Client.exchange(pod, Request.get("/metrics")).body();
  }

  /** What goes wrong is what gets logged with its cause. */
  @Test
  @Order(3)
  void request_thatFails_leavesNoSecretInTheLog() {
    User ada = User.create(deployment);
    String text = Secrets.text("secret");
    List<Request> requests = List.of(
        Request.post("/v1/login")
          .jsonText("{\"username\":\"" + ada.name() + "\",\"password\":\"" + text)
          .mistaken(),
        Request.post("/v1/login")
          .json(Map.of("username", ada.name(), "password", text, text, text))
          .mistaken(),
        Request.post("/v1/login").form("username", ada.name(), "password", text, "password", text).mistaken(),
        User.credentials(ada.name(), text),
        User.registration(ada.name(), text),
        Request.post("/v1/send")
          .jsonText("{\"to\":\"" + ada.name() + "\",\"content\":\"" + text + "\\x\"}")
          .mistaken(),
        User.message(Map.of("to", User.freeName(), "content", text)),
        User.message(Map.of("to", ada.name(), "content", text, "clientId", text)).mistaken(),
        User.message(Map.of("to", text, "content", 5)).mistaken(),
        User.reading("after", text).mistaken());
    for (Request request : requests) {
      assertThat(ada.exchange(request).status()).as("%s", request).isBetween(400, 499);
    }
    assertThat(Client.exchange(deployment, User.reading().bearer(text)).status()).isEqualTo(401);
    deployment.stores().cassandra().cut();
    for (Request request : requests) {
      assertThat(ada.exchange(request).status()).as("%s", request).isBetween(400, 503);
    }
    StoreRecovery.of(deployment);
    StoreRecovery.of(shared);
  }

  @Test
  @Order(4)
  void process_askedToEnd_answersWhatItHasAndEndsWith0() {
    User ada = User.create(deployment);
    String start = ada.read().previous();
    Request send = User.message(Map.of("to", ada.name(), "content", Secrets.text("bye"))).bearer(ada.token());
    Request wait = User.reading("after", start, "wait", "25").bearer(ada.token());
    Pod writer = deployment.pod("/v1/send");
    Pod reader = deployment.pod("/v1/messages");
    List<RawConnection> senders = IntStream.range(0, SENDS).mapToObj(_ -> RawConnection.to(writer)).toList();
    try (RawConnection waiting = RawConnection.to(reader)) {
      senders.forEach(sender -> assertThat(sender.exchange(send).status()).isEqualTo(201));
      waiting.write(User.reading("after", ada.read().previous(), "wait", "25").bearer(ada.token()));
      deployment.stores().cassandra().delay(Duration.ofMillis(300));
      senders.forEach(sender -> sender.write(send));
      // Long enough for the requests to be read, too short for them to be answered.
      Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
      Stream.of(writer, reader).distinct().forEach(Pod::terminate);

      senders.forEach(sender -> assertThat(sender.answer(send).status()).isEqualTo(201));
      assertThat(Page.of(waiting.answer(wait)).next()).isNotEmpty();
    } finally {
      senders.forEach(RawConnection::close);
      deployment.stores().cassandra().restore();
    }
    deployment.running().stream().filter(pod -> pod != writer && pod != reader).forEach(Pod::terminate);
    deployment.running().forEach(pod -> assertThat(pod.exitStatus()).as("exit status of %s", pod).isZero());
  }

  /** Otherwise nothing that is not in it would mean anything. */
  @Test
  @Order(5)
  void log_atTraceLevel_isLong() {
    for (Pod pod : deployment.running()) {
      assertThat(Logs.read(pod.log())
        .lines()
        .filter(line -> line.contains("TRACE")
            || line.contains("DEBUG")))
        .as("%s", pod)
        .hasSizeGreaterThan(20);
    }
  }
}
