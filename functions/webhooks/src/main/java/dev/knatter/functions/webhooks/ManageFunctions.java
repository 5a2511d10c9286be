package dev.knatter.functions.webhooks;

import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhook;
import dev.knatter.chat.webhook.WebhookChange;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.chat.webhook.Webhooks.Created;
import dev.knatter.guard.Caller;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

/** Creates, lists, changes and deletes webhooks of the caller. */
final class ManageFunctions {
  private static final Map<String, Object> SECRET = Map.of("Cache-Control", "no-store");

  private final Webhooks webhooks;
  private final WebhookUrls urls;
  private final Memberships memberships;
  private final Uuid7 ids;
  private final Predicate<URI> isReachable;

  /** @param isReachable whether the host of a URL has addresses and the product may call all of them */
  ManageFunctions(Webhooks webhooks, WebhookUrls urls, Memberships memberships, Uuid7 ids,
      Predicate<URI> isReachable) {
    this.webhooks = webhooks;
    this.urls = urls;
    this.memberships = memberships;
    this.ids = ids;
    this.isReachable = isReachable;
  }

  Message<WebhookAnswer> create(Message<CreateRequest> message) {
    UUID caller = Caller.of(message).identity().userId();
    Checks checks = new Checks();
    IdempotencyKey key = IdempotencyKey.check(checks, message);
    NewWebhook wanted = message.getPayload().checked(checks, urls);
    if (wanted.conversationId() != null) {
      var _ = memberships.require(wanted.conversationId(), caller);
    }
    requireReachable(wanted.url());
    Created created = Deadline.renewed(() -> webhooks.create(caller, id(caller, key), wanted));
    MessageBuilder<WebhookAnswer> answer = MessageBuilder
      .withPayload(WebhookAnswer.created(created.webhook()))
      .copyHeaders(SECRET)
      .setHeader("statusCode", 201);
    if (created.replayed()) {
      answer.setHeader("Idempotency-Replayed", "true");
    }
    return answer.build();
  }

  /** With an Idempotency-Key, the id is always the same. */
  private UUID id(UUID caller, @Nullable IdempotencyKey key) {
    return key == null ? ids.mint() : Webhooks.idOf(caller, key.text());
  }

  Message<WebhooksAnswer> list(Message<NoInput> message) {
    return new GenericMessage<>(new WebhooksAnswer(webhooks.of(Caller.of(message).identity().userId())
      .stream()
      .sorted(Comparator.comparing(Webhook::createdAt))
      .map(WebhookAnswer::of)
      .toList()));
  }

  Message<WebhookAnswer> change(Message<ChangeRequest> message) {
    UUID id = message.getPayload().id();
    WebhookChange change = message.getPayload().checked(urls);
    if (change.url() != null) {
      requireReachable(change.url());
    }
    return new GenericMessage<>(WebhookAnswer.of(Deadline.renewed(
        () -> webhooks.change(Caller.of(message).identity().userId(), id, change))));
  }

  Message<WebhookAnswer> rotate(Message<WebhookPath> message) {
    return new GenericMessage<>(WebhookAnswer.rotated(
        webhooks.rotate(Caller.of(message).identity().userId(), message.getPayload().id())), SECRET);
  }

  Message<String> delete(Message<WebhookPath> message) {
    webhooks.delete(Caller.of(message).identity().userId(), message.getPayload().id());
    return NoContent.MESSAGE;
  }

  private void requireReachable(URI url) {
    if (!urls.insecure() && !isReachable.test(url)) {
      throw new InvalidRequest("/url",
          "must have a host with an address of the public internet, and no other");
    }
  }
}
