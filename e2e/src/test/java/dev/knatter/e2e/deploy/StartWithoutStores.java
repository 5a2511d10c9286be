package dev.knatter.e2e.deploy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import org.awaitility.Awaitility;

/**
 * How the processes of a deployment started while no store could be reached. The stores came back when each process had
 * answered.
 *
 * @param health  the status with which each process answered {@code GET /healthz} for the first time, without the stores
 * @param metrics what each process reported when it was ready, before any other request
 */
public record StartWithoutStores(Map<Pod, Integer> health, Map<Pod, String> metrics) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Starts one process of each kind. Returns when all are ready. */
  public static StartWithoutStores of(Deployment deployment) {
    deployment.stores().cassandra().cut();
    deployment.stores().redis().cut();
    List<Pod> pods = deployment.startAll();
    Map<Pod, Integer> health = new LinkedHashMap<>();
    for (Pod pod : pods) {
      health.put(pod, Awaitility.await(pod + " answers, or see " + pod.log())
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> Client.exchange(pod, Request.get("/healthz")).status(), status -> status > 0));
    }
    deployment.stores().cassandra().restore();
    deployment.stores().redis().restore();
    Map<Pod, String> metrics = new LinkedHashMap<>();
    for (Pod pod : pods) {
      pod.awaitReady();
      metrics.put(pod, Client.exchange(pod, Request.get("/metrics")).body());
    }
    return new StartWithoutStores(health, metrics);
  }
}
