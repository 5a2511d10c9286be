package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Whether docs/operating.md restarts those functions that mount what a step has changed. */
final class OperatingTest {
  private static final Pattern STEP = Pattern
    .compile(
        "create secret generic (knatter-[a-z-]+) [^\n]+\n *for function in ([^;]+); do kn service update");

  @Test
  void step_restartsWhoeverReadsTheSecret() {
    List<MatchResult> steps = STEP.matcher(Manifests.text(Path.of("..", "docs", "operating.md")))
      .results()
      .toList();
    assertThat(steps).hasSize(4)
      .allSatisfy(
          step -> assertThat(new TreeSet<>(List.of(step.group(2).split(" "))))
            .isEqualTo(reading(step.group(1))));
  }

  private static Set<String> reading(String secret) {
    Set<String> functions = new TreeSet<>();
    Manifests.services().forEach((name, service) -> {
      if (service.getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .stream()
        .anyMatch(variable -> variable.getValueFrom().getSecretKeyRef().getName().equals(secret))) {
        functions.add(name);
      }
    });
    return functions;
  }
}
