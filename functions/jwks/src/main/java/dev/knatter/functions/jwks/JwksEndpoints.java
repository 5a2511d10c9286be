package dev.knatter.functions.jwks;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.token.PublishedKeys;

/** Builds the endpoint of this function. */
public final class JwksEndpoints {
  private static final Route<JwksQuery> ROUTE = Route
    .open("GET", "/.well-known/jwks.json", "jwks", JwksQuery.class);

  private JwksEndpoints() {}

  /** The endpoint needs no store, and answers while the stores are away. */
  public static List<Endpoint<?>> endpoints(Env env) {
    return List.of(new Endpoint<>(ROUTE, Guard.unlimited(new JwksFunction(PublishedKeys.from(env)))));
  }
}
