package dev.knatter.functions.react;

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
public final class ReactEndpoints {
  private static final int MAX_BODY = 2048;
  private static final Route<ReactRequest> ROUTE = Route
    .bearer("POST", "/v1/react", "react", ReactRequest.class)
    .limit(RateLimit.REACT.id())
    .maxBody(MAX_BODY);

  private ReactEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Changing changing = Changing.open(stores, Publishing.open(env, stores), random);
    ReactFunction function = new ReactFunction(changing.reacting());
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.REACT.id(), function)));
  }
}
