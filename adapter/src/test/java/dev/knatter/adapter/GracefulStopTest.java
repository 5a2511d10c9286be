package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.Test;

final class GracefulStopTest {
  private final Semaphore running = new Semaphore(0);
  private final Semaphore finish = new Semaphore(0);
  private final Endpoint<Nothing> wait = new Endpoint<>(Route.open("GET", "/wait", "wait", Nothing.class),
      _ -> {
        running.release();
        finish.acquireUninterruptibly();
        return Samples.answer(200, "done");
      });

  private FunctionServer serve(Duration stop) {
    Duration long_ = Duration.ofSeconds(30);
    return FunctionServer.start(
        Samples.options().withTimeouts(new ServerOptions.Timeouts(long_, long_, long_, stop)), () -> true,
        List.of(wait));
  }

  @Test
  void runningRequest_isFinished_pipelinedOnesAreNotBegun() throws Exception {
    FunctionServer server = serve(Duration.ofSeconds(20));
    try (RawHttp http = new RawHttp(server.port())) {
      http.send("GET /wait HTTP/1.1\nHost: x\n\n".repeat(2));
      running.acquire();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
      await().until(() -> refuses(server.port()));
      finish.release(2);
      RawHttp.Reply reply = http.read();
      assertThat(reply.body()).isEqualTo("done");
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
      closed.join();
      assertThat(running.tryAcquire()).as("the second request has run").isFalse();
    }
  }

  @Test
  void requestThatHangs_isGivenUpInTheEnd() throws Exception {
    FunctionServer server = serve(Duration.ofMillis(200));
    try (RawHttp http = new RawHttp(server.port())) {
      http.send("GET /wait HTTP/1.1\nHost: x\n\n");
      running.acquire();
      server.close();
      assertThat(http.isEnded()).isTrue();
    } finally {
      finish.release();
    }
  }

  @Test
  void requestHalfSent_isAnsweredBeforeTheEnd() throws Exception {
    FunctionServer server = serve(Duration.ofSeconds(20));
    try (RawHttp http = new RawHttp(server.port())) {
      http.send("GET /nothing HTTP/1.1\n");
      RawHttp.exchange(server.port(), "GET /nothing HTTP/1.1\nHost: x\n\n");
      CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
      await().until(() -> refuses(server.port()));
      RawHttp.Reply reply = http.send("Host: x\n\n").read();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.closes()).isTrue();
      closed.join();
    }
  }

  @Test
  void secondClose_doesNothing() {
    FunctionServer server = serve(Duration.ofSeconds(1));
    server.close();
    server.close();
    assertThat(refuses(server.port())).isTrue();
  }

  private static boolean refuses(int port) {
    try (RawHttp _ = new RawHttp(port)) {
      return false;
    } catch (java.io.IOException e) {
      return true;
    }
  }
}
