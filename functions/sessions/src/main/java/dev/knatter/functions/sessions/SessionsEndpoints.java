package dev.knatter.functions.sessions;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Revoker;

/** Builds the endpoints of this function and the objects that they need. */
public final class SessionsEndpoints {
  private static final Route<SessionsQuery> LIST = Route
    .bearer("GET", "/v1/sessions", "sessions", SessionsQuery.class)
    .limit(RateLimit.SESSIONS.id())
    .compressed();
  private static final Route<SessionPath> END = Route
    .bearer("DELETE", "/v1/sessions/{sessionId}", "sessions-end", SessionPath.class)
    .limit(RateLimit.SESSIONS.id());

  private SessionsEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    var sessions = new dev.knatter.chat.account.Sessions(stores.cassandra(),
        new Revoker(stores.cassandra(), ids), Publishing.open(env, stores).publications());
    return List.of(
        new Endpoint<>(LIST, guard.bearer(RateLimit.SESSIONS.id(), new ListFunction(sessions))),
        new Endpoint<>(END, guard.bearer(RateLimit.SESSIONS.id(), new EndFunction(sessions))));
  }
}
