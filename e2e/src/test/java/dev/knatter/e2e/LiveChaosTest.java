package dev.knatter.e2e;

import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import org.junit.jupiter.api.Test;

/** Connections are cut, and the process that holds them and Redis end, while people write: nobody misses anything. */
@OnProcesses
@Inside
final class LiveChaosTest {
  private final Deployment deployment;

  LiveChaosTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void clients_missNothing_whenAProcessHoldsTheirConnections() throws Exception {
    Pod stream = deployment.pod("/v1/stream");
    new LiveChaos(deployment, Soak.seed(), () -> stream.uri("/v1/stream"),
        List.of(() -> LiveChaos.killAndRestart(stream), () -> LiveChaos.restartRedis(deployment)))
      .run();
  }
}
