package dev.knatter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void startEcho() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = new TcpProxy("127.0.0.1:" + server.getLocalPort());
    Thread.ofVirtual().start(this::echo);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void untouched_passesBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(askThrough(client, 7)).isEqualTo(7);
    }
  }

  @Test
  void cut_dropsWhatIsOpenAndRefusesMore() throws IOException {
    try (Socket client = connect()) {
      assertThat(askThrough(client, 1)).isEqualTo(1);
      proxy.cut();
      assertThatIOException().isThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class);
      assertThatIOException().isThrownBy(this::connect);
    }
  }

  @Test
  void restore_afterCut_servesAtTheSamePort() throws IOException {
    int port = proxy.port();
    proxy.cut();
    proxy.restore();
    assertThat(proxy.port()).isEqualTo(port);
    try (Socket client = connect()) {
      assertThat(askThrough(client, 2)).isEqualTo(2);
    }
  }

  @Test
  void stall_acceptsAndSaysNothing_untilRestored() throws IOException {
    proxy.stall();
    try (Socket client = connect()) {
      client.setSoTimeout(100);
      assertThatIOException().isThrownBy(() -> askThrough(client, 3))
        .isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(5000);
      proxy.restore();
      assertThat(client.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  void delay_takesThatLongEachWay() throws IOException {
    proxy.delay(Duration.ofMillis(50));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      assertThat(askThrough(client, 4)).isEqualTo(4);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(5000);
    return client;
  }

  private static int askThrough(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // The client has closed its connection, as some tests want.
    }
  }
}
