package dev.knatter.functions.jwks;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.token.PublishedKeys;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Jwks {
  private static final Route<JwksQuery> ROUTE = Route
    .open("GET", "/.well-known/jwks.json", "jwks", JwksQuery.class);

  private Jwks() {}

  /** It needs no store, and answers while they are away. */
  public static List<Endpoint<?>> endpoints(Env env) {
    return List.of(new Endpoint<>(ROUTE, Guard.unlimited(new JwksFunction(PublishedKeys.from(env)))));
  }
}
