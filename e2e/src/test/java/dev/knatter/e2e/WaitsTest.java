package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  /** Somebody who waits, and tries again where there was no room (503). */
  private record Reader(RawConnection socket, CompletableFuture<Answer> answer) {
    boolean answered(int status) {
      return answer.isDone() && answer.join().status() == status;
    }
  }

  private Reader read(Request request) {
    RawConnection socket = RawConnection.to(deployment.pod("/v1/messages"));
    Reader reader = new Reader(socket, new CompletableFuture<>());
    Thread.ofVirtual().start(() -> {
      try {
        Answer answer;
        do {
          socket.write(request);
          answer = socket.answer(request);
        } while (answer.status() == 503);
        reader.answer.complete(answer);
      } catch (UncheckedIOException e) {
        reader.answer.completeExceptionally(e);
      }
    });
    return reader;
  }

  @Test
  void oneAccountThatWaitsOnHundredsOfSockets_stopsNobody() {
    Request request = waiting(25);
    List<Reader> readers = IntStream.range(0, SOCKETS).mapToObj(_ -> read(request)).toList();
    assertThat(grace.say(grace.name(), Secrets.text("while they come")).id()).isNotEmpty();
    await().atMost(Duration.ofSeconds(20))
      .until(() -> readers.stream().filter(reader -> reader.answered(429)).count() == SOCKETS - STANDING);
    assertThat(grace.say(grace.name(), Secrets.text("while they wait")).id()).isNotEmpty();
    assertThat(grace.read().messages()).isNotEmpty();
    String id = grace.say(ada.name(), Secrets.text("news")).id();
    await().atMost(Duration.ofSeconds(10))
      .until(() -> readers.stream().filter(reader -> reader.answered(200)).count() == STANDING);
    assertThat(readers).allSatisfy(reader -> {
      Answer answer = reader.answer.join();
      if (answer.status() == 200) {
        assertThat(answer.body()).contains(id);
      } else {
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"waiting\";q=20;w=25");
      }
    });
    readers.forEach(reader -> reader.socket.close());
  }

  @Test
  void waitOneTooMany_is429UntilAnotherEndsOrIsBrokenOff() {
    Request request = waiting(25);
    List<Reader> readers = IntStream.range(0, STANDING).mapToObj(_ -> read(request)).toList();
    awaitAnother(429);
    readers.getFirst().socket.close();
    awaitAnother(200);
    Reader again = read(request);
    awaitAnother(429);
    grace.say(ada.name(), Secrets.text("news"));
    assertThat(again.answer.join().status()).isEqualTo(200);
    awaitAnother(200);
    again.socket.close();
    readers.forEach(reader -> reader.socket.close());
  }

  /** One that waits a second for what comes from now on. */
  private void awaitAnother(int status) {
    await().atMost(Duration.ofSeconds(20)).until(() -> ada.exchange(waiting(1)).status() == status);
  }
}
