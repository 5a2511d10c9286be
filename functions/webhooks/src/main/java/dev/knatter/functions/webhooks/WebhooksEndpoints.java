package dev.knatter.functions.webhooks;

import java.util.List;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.webhook.DeliveryReports;
import dev.knatter.chat.webhook.TestDelivery;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.guard.Guard;
import dev.knatter.outbound.WebhookPost;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import org.springframework.messaging.Message;

/** Builds the endpoints of this function and the objects that they need. */
public final class WebhooksEndpoints {
  /** A URL of 1,024 characters, each escaped as six, and all types fit into this size. */
  private static final int MAX_BODY = 16 * 1024;
  private static final String ALL = "/v1/webhooks";
  private static final String ONE = "/v1/webhooks/{webhookId}";

  private WebhooksEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    WebhookPost post = WebhookPost.open(env, stores.clock());
    stores.beforeClose(post::close);
    Webhooks webhooks = new Webhooks(cassandra, stores.clock());
    ManageFunctions manage = new ManageFunctions(webhooks, WebhookUrls.from(env),
        new Memberships(cassandra),
        new Uuid7(stores.clock()), post::isReachable);
    DeliveryFunctions deliveries = new DeliveryFunctions(webhooks,
        new DeliveryReports(cassandra, stores.clock()),
        new TestDelivery(cassandra, stores.clock(), webhooks, post));
    return List.of(
        endpoint(guard, Route.bearer("POST", ALL, "webhooks-create", CreateRequest.class), RateLimit.WEBHOOKS,
            manage::create),
        endpoint(guard, Route.bearer("GET", ALL, "webhooks", NoInput.class).compressed(), RateLimit.WEBHOOKS,
            manage::list),
        endpoint(guard, Route.bearer("PATCH", ONE, "webhooks-change", ChangeRequest.class),
            RateLimit.WEBHOOKS,
            manage::change),
        endpoint(guard, Route.bearer("DELETE", ONE, "webhooks-delete", WebhookPath.class), RateLimit.WEBHOOKS,
            manage::delete),
        endpoint(guard, Route.bearer("POST", ONE + "/rotate", "webhooks-rotate", WebhookPath.class),
            RateLimit.WEBHOOKS, manage::rotate),
        endpoint(guard,
            Route.bearer("GET", ONE + "/deliveries", "webhooks-deliveries", WebhookPath.class).compressed(),
            RateLimit.WEBHOOKS, deliveries::list),
        endpoint(guard, Route.bearer("POST", ONE + "/test", "webhooks-test", WebhookPath.class),
            RateLimit.WEBHOOK_TESTS, deliveries::test));
  }

  private static <I> Endpoint<I> endpoint(Guard guard, Route<I> route, RateLimit limit,
      Function<Message<I>, ? extends Message<?>> function) {
    return new Endpoint<>(route.limit(limit.id()).maxBody(MAX_BODY), guard.bearer(limit.id(), function));
  }
}
