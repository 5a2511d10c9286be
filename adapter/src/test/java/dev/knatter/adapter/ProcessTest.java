package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a process shows: its end by a signal, and everything it logs. */
final class ProcessTest {
  private static final String HEALTH = "GET /healthz HTTP/1.1\nHost: x\n\n";
  private static final Pattern FIRST_ANSWER = Pattern
    .compile(
        ".*INFO.*Ready ([0-9.]+) s after the start of the process, the first request answered ([0-9.]+) s.*");
  /** Of the kernel's times, in seconds. */
  private static final double ACCURACY = 0.02;
  /** No JVM is ready sooner, in seconds. */
  private static final double A_JVM = 0.03;

  private long started;
  private int port;
  private Process child;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    started = System.nanoTime();
    child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace", "-cp", System.getProperty("java.class.path"),
        ChildMain.class.getName(), "" + port)
      .redirectErrorStream(true)
      .start();
    await().atMost(30, TimeUnit.SECONDS)
      .ignoreExceptions()
      .until(() -> RawHttp.exchange(port, HEALTH).status() == 200);
  }

  @AfterEach
  void stop() {
    child.destroyForcibly();
  }

  @Test
  void requestInFlight_acrossSigterm_isAnswered() throws Exception {
    try (RawHttp busy = new RawHttp(port);
        RawHttp idle = new RawHttp(port);
        BufferedReader out = child.inputReader()) {
      assertThat(idle.send(HEALTH).read().status()).isEqualTo(200);
      busy.send("GET /slow HTTP/1.1\nHost: x\n\n");
      String line = out.readLine();
      while (!line.equals("running")) {
        line = out.readLine();
      }
      child.toHandle().destroy(); // Process.destroy() would close its output too
      assertThat(idle.isEnded()).as("an idle connection ends").isTrue();
      await().until(this::refusesConnections);
      child.getOutputStream().write(7);
      child.getOutputStream().flush();
      RawHttp.Reply reply = busy.read();
      assertThat(reply.body()).isEqualTo("done 7");
      assertThat(reply.closes()).isTrue();
      assertThat(busy.isEnded()).isTrue();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
      assertThat(out.lines()).as("after the last request").contains("closed");
    }
  }

  private boolean refusesConnections() throws IOException {
    try (RawHttp _ = new RawHttp(port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void nothingOfARequest_isLoggedAtAnyLevel() throws Exception {
    List<String> requests = List.of(
        "GET /notes/canary?since=canary&canary=canary HTTP/1.1\nHost: canary\nAuthorization: Bearer canary\n\n",
        "GET /headers HTTP/1.1\nHost: x\nAuthorization: Bearer canary\nCookie: canary\ncanary: canary\n\n",
        "GET /fail/canary HTTP/1.1\nHost: x\nAuthorization: Bearer canary\n\n",
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 28\n\n{\"stars\":1,\"title\":\"canary\"} ",
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 28\n\n{\"stars\":1,\"color\":\"canary\"} ",
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 14\n\n[\"canary\", {]}",
        "GET /canary%zz HTTP/1.1\nHost: x\n\n", "canary\n\n",
        "GET /canary HTTP/1.1\ncanary\u0001: canary\n\n");
    for (String request : requests) {
      assertThat(RawHttp.exchange(port, request).status()).isGreaterThanOrEqualTo(200);
    }
    try (RawHttp leaving = new RawHttp(port)) {
      leaving.send(requests.getFirst() + requests.getFirst() + requests.getLast());
    }
    child.toHandle().destroy(); // Process.destroy() would close its output too
    List<String> log = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      out.lines().forEach(log::add);
    }
    assertThat(child.waitFor()).isZero();
    assertThat(log).anyMatch(line -> line.contains("TRACE"))
      .anyMatch(line -> line.contains("java.lang.IllegalStateException"))
      .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("canary"));
  }

  @Test
  void firstAnswer_isLoggedOnceWithTheTimesThatItTook() throws Exception {
    double atMost = (System.nanoTime() - started) / 1e9 + ACCURACY;
    List<String> log = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      RawHttp.exchange(port, "GET /nothing HTTP/1.1\nHost: x\n\n");
      RawHttp.exchange(port, "GET /notes/canary HTTP/1.1\nHost: x\n\n");
      double answered = (System.nanoTime() - started) / 1e9 + ACCURACY;
      Matcher line = FIRST_ANSWER.matcher(out.readLine());
      while (!line.matches()) {
        line = FIRST_ANSWER.matcher(out.readLine());
      }
      assertThat(Double.parseDouble(line.group(1))).isBetween(A_JVM, atMost);
      assertThat(Double.parseDouble(line.group(2))).isBetween(Double.parseDouble(line.group(1)), answered);
      RawHttp.exchange(port, "GET /notes/canary HTTP/1.1\nHost: x\n\n");
      child.toHandle().destroy(); // Process.destroy() would close its output too
      out.lines().forEach(log::add);
    }
    assertThat(log).contains("closed").noneMatch(more -> FIRST_ANSWER.matcher(more).matches());
  }

  @Test
  void portInUse_isToldAtOnce() throws Exception {
    assertThat(catchThrowable(() -> Samples.serve(Samples.options().withPort(port))))
      .hasMessageContaining("" + port);
  }
}
