package dev.knatter.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each class, no log of any process holds a secret. */
final class QuietLogs implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    for (Deployment deployment : BothTargets.started(context)) {
      assertThat(deployment.revealed()).as("secrets in the logs of %s", deployment).isEmpty();
    }
  }
}
