package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/** Requests that wait for something to happen. */
final class WaitTest {
  private static final String WAIT = "GET /wait HTTP/1.1\nHost: x\n\n";
  private static final String NOW = "GET /now HTTP/1.1\nHost: x\n\n";

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final Semaphore bell = new Semaphore(0);
  private final Semaphore rest = new Semaphore(1_000);
  private final List<RawHttp> clients = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    bell.release(100);
    for (RawHttp client : clients) {
      client.close();
    }
  }

  private FunctionServer serve(int concurrent, int waits) {
    return FunctionServer.start(Samples.options().withMaxConcurrent(concurrent).withMaxWaiting(waits),
        () -> true,
        List.of(
            new Endpoint<>(Route.open("GET", "/wait", "wait", Nothing.class).waiting(), this::waitForTheBell),
            new Endpoint<>(Route.open("GET", "/now", "now", Nothing.class),
                message -> Samples.answer(200, message.getHeaders().containsKey("waiting")))));
  }

  private Message<?> waitForTheBell(Message<Nothing> message) {
    Executor waits = Objects.requireNonNull(message.getHeaders().get("waiting", Executor.class));
    waits.execute(() -> {
      waiting.incrementAndGet();
      try {
        bell.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waiting.decrementAndGet();
      }
    });
    resumed.incrementAndGet();
    rest.acquireUninterruptibly();
    return Samples.answer(200, "rung");
  }

  private RawHttp client(FunctionServer server) throws IOException {
    RawHttp client = new RawHttp(server.port());
    clients.add(client);
    return client;
  }

  private List<RawHttp> waiters(FunctionServer server, int count) throws IOException {
    List<RawHttp> waiters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiters.add(client(server).send(WAIT));
      int standing = i + 1;
      await().pollInterval(Duration.ofMillis(1))
        .untilAtomic(waiting, is -> assertThat(is).isEqualTo(standing));
    }
    return waiters;
  }

  @Test
  void requestsThatWait_leaveTheServerToOthers() throws Exception {
    try (FunctionServer server = serve(1, 100)) {
      List<RawHttp> waiters = waiters(server, 20);
      assertThat(client(server).send(NOW).read().status()).isEqualTo(200);
      bell.release(20);
      for (RawHttp waiter : waiters) {
        assertThat(waiter.read().body()).isEqualTo("rung");
      }
      assertThat(waiters.getFirst().send(NOW).read().body()).isEqualTo("false");
    }
  }

  @Test
  void requestsThatMayWait_areNeverWork() throws Exception {
    rest.drainPermits();
    try (FunctionServer server = serve(1, 100)) {
      bell.release(5);
      for (int i = 0; i < 5; i++) {
        client(server).send(WAIT);
      }
      await().untilAtomic(resumed, is -> assertThat(is).isEqualTo(1));
      assertThat(client(server).send(NOW).read().status()).isEqualTo(200);
      rest.release(5);
    }
  }

  @Test
  void waitAboveTheCap_is503UntilAnotherEnds() throws Exception {
    try (FunctionServer server = serve(8, 2)) {
      List<RawHttp> waiters = waiters(server, 2);
      RawHttp late = client(server);
      RawHttp.Reply refused = late.send(WAIT).read();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      bell.release();
      await().untilAtomic(waiting, is -> assertThat(is).isEqualTo(1));
      late.send(WAIT);
      await().untilAtomic(waiting, is -> assertThat(is).isEqualTo(2));
      bell.release(2);
      assertThat(late.read().status()).isEqualTo(200);
      assertThat(waiters).hasSize(2);
    }
  }

  @Test
  void clientThatBreaksTheConnection_waitsNoLonger() throws Exception {
    try (FunctionServer server = serve(8, 1)) {
      waiters(server, 1).getFirst().close();
      await().untilAtomic(waiting, is -> assertThat(is).isZero());
      await("its place is another's").until(() -> {
        client(server).send(WAIT);
        return waiting.get() == 1;
      });
      assertThat(resumed).as("whoever has gone is not worked for").hasValue(0);
      bell.release(100);
    }
  }

  @Test
  void allWokenAtOnce_goOnAFewAtATimeAndLeaveTheServerToOthers() throws Exception {
    rest.drainPermits();
    try (FunctionServer server = serve(16, 100)) {
      List<RawHttp> waiters = waiters(server, 50);
      bell.release(50);
      await().untilAtomic(waiting, is -> assertThat(is).isZero());
      RawHttp other = client(server);
      for (int i = 0; i < 20; i++) {
        assertThat(other.send(NOW).read().status()).isEqualTo(200);
      }
      assertThat(resumed.get()).isBetween(1, 2);
      rest.release(50);
      for (RawHttp waiter : waiters) {
        assertThat(waiter.read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatAClientSendsMeanwhile_isAnsweredAfterwards() throws Exception {
    try (FunctionServer server = serve(8, 1)) {
      RawHttp client = waiters(server, 1).getFirst();
      client.send(NOW + NOW);
      client.send(NOW);
      bell.release();
      assertThat(client.read().body()).isEqualTo("rung");
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().body()).isEqualTo("false");
      }
    }
  }
}
