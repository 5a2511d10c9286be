package dev.knatter.functions.webhooks;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates a webhook, not checked yet.
 *
 * @param types          the types of events to send; null or empty for all
 * @param conversationId the only conversation whose events are sent; null for all of the caller's conversations
 */
public record CreateRequest(@Nullable String url, @Nullable List<@Nullable String> types,
    @Nullable String conversationId) {

  NewWebhook checked(Checks checks, WebhookUrls urls) {
    URI checkedUrl = urls.check(checks, url, "/url");
    Set<String> checkedTypes = types == null ? Set.of() : Types.check(checks, types, "/types");
    UUID conversation = checks.uuid(conversationId, "/conversationId");
    checks.done();
    if (checkedUrl == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new NewWebhook(checkedUrl, checkedTypes, conversation, null);
  }
}
