package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnBothTargets;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Target;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.embedded.Checkout;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The function that is told by a timer to finish what sends have left over, and that nobody outside can reach. */
@OnBothTargets
@Inside
final class OutboxTest {
  private final Pod pod;
  private final boolean inside;

  OutboxTest(Deployment deployment) {
    this.inside = deployment.target() == Target.PROCESSES;
    this.pod = inside ? deployment.outbox() : deployment.pod("/");
  }

  @Test
  void ping_fromInside_isAcceptedWithoutAReply() throws Exception {
    Answer answer = Client.exchangeInside(pod, ping().jsonText("{}"));
    assertThat(answer.status()).isEqualTo(inside ? 202 : 405);
    if (inside) {
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    }
  }

  @Test
  void ping_malformed_isRefusedForGood() throws Exception {
    assertThat(Client.exchangeInside(pod, ping().jsonText("{")).status()).isEqualTo(inside ? 400 : 405);
  }

  /** The command of the CronJob that a cluster without Eventing has, with curl, as its image. */
  @Test
  void cronJob_sendsWhatIsAccepted() throws Exception {
    JsonNode container = YAMLMapper.shared()
      .readTree(Checkout.root().resolve("knative/cron/cronjob.yaml"))
      .at("/spec/jobTemplate/spec/template/spec/containers/0");
    List<String> command = new ArrayList<>(
        container.path("command").valueStream().map(JsonNode::asString).toList());
    command.replaceAll(word -> word.replace("$(POD)", "outbox-29406210-x7k2p"));
    command.set(command.size() - 1, pod.uri("/").toString());
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(curl.inputReader().lines().toList()).hasSize(inside ? 0 : 1);
    assertThat(curl.waitFor()).isEqualTo(inside ? 0 : 22); // 22: --fail, and the server answered 400 or more
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
