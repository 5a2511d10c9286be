package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnBothTargets;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Target;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import org.junit.jupiter.api.Test;

/** The function that is told by a timer to finish what sends have left over, and that nobody outside can reach. */
@OnBothTargets
@Inside
final class OutboxTest {
  private final Pod pod;
  private final boolean inside;

  OutboxTest(Deployment deployment) {
    this.pod = deployment.pod("/");
    this.inside = deployment.target() == Target.PROCESSES;
  }

  @Test
  void ping_fromInside_isAcceptedWithoutAReply() {
    Answer answer = Client.exchange(pod, ping().jsonText("{}"));
    assertThat(answer.status()).isEqualTo(inside ? 202 : 404);
    if (inside) {
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    }
  }

  @Test
  void ping_thatIsBroken_isRefusedForGood() {
    assertThat(Client.exchange(pod, ping().jsonText("{")).status()).isEqualTo(inside ? 400 : 404);
  }

  private static Request ping() {
    return Request.post("/")
      .header("ce-specversion", "1.0")
      .header("ce-type", "dev.knative.sources.ping")
      .header("ce-source", "/apis/v1/namespaces/knatter/pingsources/outbox")
      .header("ce-id", UUID.randomUUID().toString())
      .mistaken();
  }
}
