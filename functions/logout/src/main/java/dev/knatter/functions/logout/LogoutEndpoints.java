package dev.knatter.functions.logout;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Revoker;

/** Builds the endpoint of this function and the objects that it needs. */
public final class LogoutEndpoints {
  private static final int MAX_BODY = 1024;
  private static final Route<LogoutRequest> ROUTE = Route
    .bearer("POST", "/v1/logout", "logout", LogoutRequest.class)
    .limit(RateLimit.LOGOUT.id())
    .maxBody(MAX_BODY);

  private LogoutEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    Sessions sessions = new Sessions(stores.cassandra(), new Revoker(stores.cassandra(), ids),
        Publishing.open(env, stores).publications());
    return List.of(new Endpoint<>(ROUTE,
        guard.bearer(RateLimit.LOGOUT.id(), new LogoutFunction(sessions, RefreshCookie.from(env)))));
  }
}
