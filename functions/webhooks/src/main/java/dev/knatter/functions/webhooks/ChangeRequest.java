package dev.knatter.functions.webhooks;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.webhook.WebhookChange;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The input of a change, not checked yet. A null component leaves its value as it is.
 *
 * @param webhookId from the path
 * @param types     the types of events to send; empty for all
 * @param state     only {@value #ENABLED} is valid
 */
public record ChangeRequest(String webhookId, @Nullable String url, @Nullable List<@Nullable String> types,
    @Nullable String state) {
  private static final String ENABLED = "enabled";

  UUID id() {
    return WebhookPath.id(webhookId);
  }

  WebhookChange checked(WebhookUrls urls) {
    Checks checks = new Checks();
    URI checkedUrl = url == null ? null : urls.check(checks, url, "/url");
    Set<String> checkedTypes = types == null ? null : Types.check(checks, types, "/types");
    checks.require(state == null || state.equals(ENABLED), "/state", "must be " + ENABLED);
    checks.done();
    return new WebhookChange(checkedUrl, checkedTypes, state != null);
  }
}
