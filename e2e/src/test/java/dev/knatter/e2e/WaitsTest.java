package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnBothTargets;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.RawConnection;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Who waits, and how many do, is no hindrance to others. */
@OnBothTargets
@Inside
final class WaitsTest {
  private static final int SOCKETS = 600;
  private static final int STANDING = 20;

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  WaitsTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment); // his waits are counted
    this.grace = deployment.once(User.class, User::create);
  }

  private Request waiting(int seconds) {
    String cursor = ada.read().previous();
    return User.reading("after", cursor, "wait", Integer.toString(seconds)).bearer(ada.token());
  }

  @Test
  void oneAccountThatWaitsOnHundredsOfSockets_stopsNobody() {
    Request request = waiting(25);
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    List<RawConnection> sockets = IntStream.range(0, SOCKETS)
      .mapToObj(_ -> RawConnection.to(deployment.pod("/v1/messages")))
      .toList();
    for (RawConnection socket : sockets) {
      socket.write(request);
      Thread.ofVirtual().start(() -> answers.add(socket.answer(request)));
    }
    assertThat(grace.say(grace.name(), Secrets.text("meanwhile")).id()).isNotEmpty();
    assertThat(grace.read().messages()).isNotEmpty();
    await().atMost(Duration.ofSeconds(20)).until(() -> answers.size() == SOCKETS - STANDING);
    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"waiting\";q=20;w=25");
    });
    assertThat(grace.read().messages()).isNotEmpty();
    String id = grace.say(ada.name(), Secrets.text("news")).id();
    await().atMost(Duration.ofSeconds(10)).until(() -> answers.size() == SOCKETS);
    assertThat(answers).filteredOn(answer -> answer.status() == 200)
      .hasSize(STANDING)
      .allSatisfy(answer -> assertThat(answer.body()).contains(id));
    sockets.forEach(RawConnection::close);
  }

  @Test
  void waitOneTooMany_is429UntilAnotherEndsOrIsBrokenOff() {
    Request request = waiting(25);
    List<RawConnection> sockets = IntStream.range(0, STANDING)
      .mapToObj(_ -> RawConnection.to(deployment.pod("/v1/messages")))
      .toList();
    sockets.forEach(socket -> socket.write(request));
    awaitAnother(429);
    sockets.getFirst().close();
    awaitAnother(200);
    try (RawConnection again = RawConnection.to(deployment.pod("/v1/messages"))) {
      again.write(request);
      awaitAnother(429);
      grace.say(ada.name(), Secrets.text("news"));
      assertThat(again.answer(request).status()).isEqualTo(200);
    } catch (UncheckedIOException e) {
      throw new AssertionError(e);
    }
    awaitAnother(200);
    sockets.forEach(RawConnection::close);
  }

  /** One that waits a second for what comes from now on. */
  private void awaitAnother(int status) {
    await().atMost(Duration.ofSeconds(20)).until(() -> ada.exchange(waiting(1)).status() == status);
  }
}
