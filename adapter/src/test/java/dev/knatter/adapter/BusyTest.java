package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.Test;

final class BusyTest {
  private static final String WAIT = "GET /wait HTTP/1.1\nHost: x\n\n";

  @Test
  void requestAboveTheCap_is503AndTheServerRecovers() throws Exception {
    Semaphore started = new Semaphore(0);
    Semaphore finish = new Semaphore(0);
    Endpoint<Nothing> wait = new Endpoint<>(Route.open("GET", "/wait", "wait", Nothing.class), _ -> {
      started.release();
      finish.acquireUninterruptibly();
      return Samples.answer(200, "");
    });
    try (
        FunctionServer server = FunctionServer.start(Samples.options().withMaxConcurrent(2), () -> true,
            List.of(wait));
        RawHttp first = new RawHttp(server.port());
        RawHttp second = new RawHttp(server.port());
        RawHttp third = new RawHttp(server.port())) {
      first.send(WAIT);
      second.send(WAIT);
      started.acquire(2);
      assertRefused(third.send(WAIT).read());
      assertThat(third.send("GET /healthz HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
      finish.release(1);
      finish.release(2);
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.read().status()).isEqualTo(200);
      assertThat(third.send(WAIT).read().status()).isEqualTo(200);
    }
  }

  private static void assertRefused(RawHttp.Reply reply) throws IOException {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:unavailable\"");
    assertThat(reply.closes()).isFalse();
  }
}
