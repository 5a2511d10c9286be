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
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.RawConnection;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Who waits, and how many do, is no hindrance to others. */
@OnProcesses
@Inside
final class LongPollLimitsTest {
  private static final int SOCKETS = 600;
  private static final int STANDING = 20;

  private final Pod pod;
  private final User ada;
  private final User grace;

  LongPollLimitsTest(Deployment deployment) {
    this.pod = deployment.pod("/v1/messages");
    this.ada = User.create(deployment); // his waits are counted
    this.grace = deployment.once(User.class, User::create);
  }

  private Request waiting(int seconds) {
    String cursor = ada.read().previous();
    return User.reading("after", cursor, "wait", Integer.toString(seconds));
  }

  /** Somebody who waits on a socket. */
  private record Reader(RawConnection socket, CompletableFuture<Answer> answer) {}

  private Reader read(Request request) {
    RawConnection socket = RawConnection.to(pod);
    Reader reader = new Reader(socket, new CompletableFuture<>());
    Thread.ofVirtual().start(() -> {
      try {
        socket.write(request);
        reader.answer.complete(socket.answer(request));
      } catch (UncheckedIOException e) {
        reader.answer.completeExceptionally(e);
      }
    });
    return reader;
  }

  @Test
  void oneAccountThatWaitsOnHundredsOfSockets_stopsNobody() {
    Request request = waiting(25).bearer(ada.token());
    List<Reader> readers = IntStream.range(0, SOCKETS).mapToObj(_ -> read(request)).toList();
    assertThat(grace.say(grace.name(), Secrets.text("while they come")).id()).isNotEmpty();
    awaitAnswers(readers, SOCKETS - STANDING);
    assertThat(grace.say(grace.name(), Secrets.text("while they wait")).id()).isNotEmpty();
    assertThat(grace.read().messages()).isNotEmpty();
    String id = grace.say(ada.name(), Secrets.text("news")).id();
    awaitAnswers(readers, SOCKETS);
    List<Answer> answers = readers.stream().map(reader -> reader.answer.join()).toList();
    assertThat(answers).filteredOn(answer -> answer.status() == 200)
      .hasSize(STANDING)
      .allSatisfy(answer -> assertThat(answer.body()).contains(id));
    assertThat(answers).filteredOn(answer -> answer.status() == 429).isNotEmpty().allSatisfy(answer -> {
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"waiting\";q=20;w=25");
    });
    readers.forEach(reader -> reader.socket.close());
  }

  /** On a slow machine some of so many at once have no turn in time, and are answered 503. */
  private static void awaitAnswers(List<Reader> readers, int count) {
    await().atMost(Duration.ofSeconds(20))
      .until(() -> readers.stream().filter(reader -> reader.answer.isDone()).count() == count);
  }

  @Test
  void waitOneTooMany_is429UntilAnotherEndsOrIsBrokenOff() {
    Request request = waiting(25).bearer(ada.token());
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
