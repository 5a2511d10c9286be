package dev.knatter.functions.delete;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.change.Changing;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class DeleteEndpoints {
  private static final int MAX_BODY = 1024;
  private static final Route<DeleteRequest> ROUTE = Route
    .bearer("POST", "/v1/delete", "delete", DeleteRequest.class)
    .limit(RateLimit.DELETE.id())
    .maxBody(MAX_BODY);

  private DeleteEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Changing changing = Changing.open(stores, Publishing.open(env, stores), random);
    DeleteFunction function = new DeleteFunction(changing.deleting());
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.DELETE.id(), function)));
  }
}
