package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Pod;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The processes of all functions end when they are asked to. This class is the last one, because no test can follow it. */
@OnProcesses
@Inside
@Order(Integer.MAX_VALUE)
final class EndOfProcessesTest {
  private final Deployment deployment;

  EndOfProcessesTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void process_askedToEnd_endsWith0() {
    List<Pod> pods = deployment.running().stream().filter(Pod::isAlive).toList();
    pods.forEach(Pod::terminate);
    assertThat(pods).isNotEmpty()
      .allSatisfy(pod -> assertThat(pod.exitStatus()).as("exit status of %s", pod).isZero());
  }
}
