package dev.knatter.functions.webhooks;

import java.util.UUID;

import dev.knatter.shared.Checks;

/** The input of an operation on one webhook. webhookId: from the path, not checked yet. */
public record WebhookPath(String webhookId) {
  UUID id() {
    return id(webhookId);
  }

  static UUID id(String webhookId) {
    Checks checks = new Checks();
    UUID id = checks.uuid(webhookId, "/webhookId");
    checks.done();
    if (id == null) {
      throw new IllegalStateException("checks that passed");
    }
    return id;
  }
}
