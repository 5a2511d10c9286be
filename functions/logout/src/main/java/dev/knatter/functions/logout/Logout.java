package dev.knatter.functions.logout;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Sessions;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.Revoker;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Logout {
  private static final int MAX_BODY = 1024;
  private static final Route<LogoutRequest> ROUTE = Route
    .bearer("POST", "/v1/logout", "logout", LogoutRequest.class)
    .limit(RateLimit.LOGOUT.id())
    .maxBody(MAX_BODY);

  private Logout() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    Sessions sessions = new Sessions(stores.cassandra(), new Revoker(stores.cassandra(), ids));
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.LOGOUT.id(), new LogoutFunction(sessions))));
  }
}
