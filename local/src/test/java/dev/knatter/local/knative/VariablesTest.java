package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether every variable that is set or documented is read, and every one that is read is documented. */
final class VariablesTest {
  static Stream<Service> services() {
    return Manifests.services().values().stream();
  }

  @Test
  void variable_ofTheSharedConfiguration_isRead() {
    assertThat(Names.readIn("shared", "chat", "guard", "adapter", "publishing"))
      .containsAll(Manifests.variables(Manifests.BASE.resolve("config.env")).keySet())
      .containsAll(Manifests.variables(Manifests.ROOT.resolve("overlays/production/config.env")).keySet());
  }

  @ParameterizedTest
  @MethodSource("services")
  void variable_ofAFunction_isRead(Service service) {
    assertThat(Names.readBy(service.getMetadata().getName())).containsAll(
        service.getSpec()
          .getTemplate()
          .getSpec()
          .getContainers()
          .getFirst()
          .getEnv()
          .stream()
          .map(EnvVar::getName)
          .toList());
  }

  @Test
  void table_ofTheConfiguration_listsWhatIsRead() {
    Set<String> listed = new TreeSet<>();
    Pattern.compile("(?m)^\\| `(KNATTER_[A-Z0-9_]+|PORT)` \\|")
      .matcher(Manifests.text(Path.of("..", "docs", "configuration.md")))
      .results()
      .forEach(row -> listed.add(row.group(1)));
    assertThat(listed)
      .isEqualTo(Names.readIn("shared", "chat", "guard", "adapter", "publishing", "functions/register",
          "functions/login",
          "functions/refresh", "functions/logout", "functions/sessions", "functions/jwks", "functions/send",
          "functions/messages", "functions/outbox", "functions/send-events", "functions/erase-events",
          "functions/users", "functions/account",
          "functions/export", "functions/dead-letters", "functions/webhooks", "functions/conversations",
          "functions/deliver", "functions/edit", "functions/delete", "functions/react", "functions/read",
          "functions/stream", "functions/web",
          "outbound", "local",
          "embedded/stores"));
  }
}
