package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.Logs;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.RawConnection;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import dev.knatter.testing.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store is away, and comes back. No process is started again. */
@OnProcesses
@Inside
final class StoresUnavailableTest {
  /** The product promises three seconds. The rest is for a busy machine: whoever hangs takes longer. */
  private static final Duration REFUSAL = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofSeconds(60);

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  StoresUnavailableTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  /** How a store can be away. */
  enum Fault {
    /** Connections break, and new ones are refused. */
    CUT,
    /** Connections stand, and nothing comes back. */
    STALLED;

    void befall(TcpProxy store) {
      switch (this) {
        case CUT -> store.cut();
        case STALLED -> store.stall();
      }
    }
  }

  @AfterEach
  void restore() {
    StoreRecovery.of(deployment);
  }

  @ParameterizedTest
  @EnumSource
  void everything_withoutRedis_goesOn(Fault fault) {
    Message before = ada.say(grace.name(), Secrets.text("before"));
    fault.befall(deployment.stores().redis());
    Message during = ada.say(grace.name(), Secrets.text("during"));
    assertThat(grace.read("with", ada.name()).messages()).containsExactly(during, before);
    assertThat(grace.read().messages()).containsExactly(during, before);
    User again = ada.again();
    Message retried = sendTwice(again, second -> assertThat(second.header("Idempotency-Replayed")).isEmpty());
    assertThat(grace.read().messages()).containsExactly(retried, during, before);

    deployment.stores().redis().restore();
    awaitRedis();
  }

  private void awaitRedis() {
    Awaitility.await("Redis is used")
      .atMost(BACK)
      .untilAsserted(() -> sendTwice(ada,
          second -> assertThat(second.header("Idempotency-Replayed")).isEqualTo("true")));
  }

  @ParameterizedTest
  @EnumSource
  void log_withoutRedis_saysSoOnce(Fault fault) {
    awaitRedis();
    Pod pod = deployment.pod("/v1/send");
    int before = Logs.read(pod.log()).length();
    fault.befall(deployment.stores().redis());
    for (int i = 0; i < 10; i++) {
      ada.say(grace.name(), Secrets.text(Integer.toString(i)));
    }
    List<String> complaints = Logs.read(pod.log())
      .substring(before)
      .lines()
      .filter(line -> line.contains("WARN") || line.contains("ERROR"))
      .toList();
    assertThat(complaints).hasSizeBetween(1, 2).anyMatch(line -> line.contains("Redis"));
  }

  private Message sendTwice(User sender, Consumer<Answer> check) {
    Request request = User.message(
        Map.of("to", grace.name(), "content", Secrets.text("twice"), "clientId", ClientIds.now()));
    Answer first = sender.exchange(request);
    Answer second = sender.exchange(request);
    assertThat(second.json()).isEqualTo(first.json());
    check.accept(second);
    return Message.of(second);
  }

  @ParameterizedTest
  @EnumSource
  void everything_withoutCassandra_is503SoonAndNothingIsLost(Fault fault) {
    List<Message> acknowledged = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      acknowledged.addFirst(ada.say(grace.name(), Secrets.text("before " + i)));
    }
    Request send = User.message(
        Map.of("to", grace.name(), "content", Secrets.text("during"), "clientId", ClientIds.now()))
      .bearer(ada.token());
    Request read = User.reading("with", ada.name()).bearer(grace.token());
    try (RawConnection sender = RawConnection.to(deployment.pod("/v1/send"));
        RawConnection reader = RawConnection.to(deployment.pod("/v1/messages"))) {
      assertThat(messages(reader.exchange(read))).isEqualTo(acknowledged);
      fault.befall(deployment.stores().cassandra());
      for (int i = 0; i < 3; i++) {
        isUnavailable(() -> sender.exchange(send));
        isUnavailable(() -> reader.exchange(read));
      }
      isUnavailable(() -> Client.exchange(deployment, User.credentials(ada.name(), ada.password())));
      isUnavailable(() -> Client.exchange(deployment,
          User.registration(User.freeName(), Secrets.text("password"))));

      deployment.stores().cassandra().restore();
      Answer sent = Awaitility.await("sending works again, over the same connection")
        .atMost(BACK)
        .pollInSameThread()
        .until(() -> sender.exchange(send), answer -> answer.status() != 503);
      acknowledged.addFirst(Message.of(sent));
      Answer page = Awaitility.await("reading works again, over the same connection")
        .atMost(BACK)
        .pollInSameThread()
        .until(() -> reader.exchange(read), answer -> answer.status() != 503);
      assertThat(messages(page)).isEqualTo(acknowledged);
    }
  }

  private static List<Message> messages(Answer answer) {
    return Page.of(answer).messages();
  }

  private static void isUnavailable(Supplier<Answer> exchange) {
    Instant start = Instant.now();
    Answer answer = exchange.get();
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("unavailable");
    assertThat(Duration.between(start, Instant.now())).isLessThan(REFUSAL);
  }
}
