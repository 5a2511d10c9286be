package dev.knatter.functions.deliver;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.webhook.WebhookDelivery;
import dev.knatter.guard.Guard;
import dev.knatter.outbound.WebhookPost;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class DeliverEndpoints {
  private DeliverEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    WebhookPost post = WebhookPost.open(env, stores.clock());
    stores.beforeClose(post::close);
    WebhookDelivery delivery = new WebhookDelivery(stores.cassandra(), stores.clock(), random,
        new Slices(stores.cassandra(), stores.clock()).start(), post,
        Publishing.open(env, stores).publications());
    return List.of(
        new Endpoint<>(Route.event("deliver", byte[].class), guard.event(new DeliverFunction(delivery))));
  }
}
