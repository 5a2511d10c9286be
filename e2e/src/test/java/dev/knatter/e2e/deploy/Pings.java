package dev.knatter.e2e.deploy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the PingSource of the cluster does, only more often: tells an outbox to look for what is left over. The whole
 * product in one process does that by itself as well, every ten minutes.
 */
final class Pings implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().daemon().factory());

  private Pings() {}

  static Pings start(Pod outbox) {
    Pings pings = new Pings();
    var _ = pings.timer.scheduleWithFixedDelay(() -> ping(outbox), 0, BETWEEN.toMillis(),
        TimeUnit.MILLISECONDS);
    return pings;
  }

  private static void ping(Pod pod) {
    try {
      HttpURLConnection connection = (HttpURLConnection) pod.uri("/").toURL().openConnection();
      connection.setRequestMethod("POST");
      connection.setReadTimeout(30_000);
      connection.setRequestProperty("ce-specversion", "1.0");
      connection.setRequestProperty("ce-type", "dev.knative.sources.ping");
      connection.setRequestProperty("ce-source", "/apis/v1/namespaces/knatter/pingsources/outbox");
      connection.setRequestProperty("ce-id", UUID.randomUUID().toString());
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
      int status = connection.getResponseCode();
      if (status != 202 && status != 503) {
        System.err.println(pod + " answered a ping with " + status);
      }
    } catch (IOException e) {
      // Its stores are away, and so is it: the next ping comes soon.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
