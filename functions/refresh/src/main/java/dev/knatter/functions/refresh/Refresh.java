package dev.knatter.functions.refresh;

import java.util.HexFormat;
import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Names;
import dev.knatter.core.account.Renewals;
import dev.knatter.core.account.Sessions;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.RefreshToken;
import dev.knatter.core.token.Revoker;
import dev.knatter.core.token.TokenIssuer;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Refresh {
  /** Many times a token. */
  private static final int MAX_BODY = 4 * 1024;
  private static final Route<RefreshRequest> ROUTE = Route
    .open("POST", "/v1/refresh", "refresh", RefreshRequest.class)
    .limit(RateLimit.REFRESH.id())
    .maxBody(MAX_BODY);

  private Refresh() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Uuid7 ids = new Uuid7(stores.clock());
    Renewals renewals = new Renewals(cassandra, stores.clock(), TokenIssuer.from(env, stores.clock()),
        new Sessions(cassandra, new Revoker(cassandra, ids)), new Names(cassandra));
    return List.of(new Endpoint<>(ROUTE,
        guard.open(RateLimit.REFRESH.id(), request -> session(request.token()),
            new RefreshFunction(renewals))));
  }

  /** Not by its id, which each access token says: whoever has read one could use up what the session may renew. */
  private static String session(RefreshToken token) {
    return HexFormat.of().formatHex(token.familyHash());
  }
}
