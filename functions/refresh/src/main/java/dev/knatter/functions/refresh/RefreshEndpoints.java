package dev.knatter.functions.refresh;

import java.util.HexFormat;
import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.SessionRenewal;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.Revoker;
import dev.knatter.shared.token.TokenIssuer;

/** Builds the endpoint of this function and the objects that it needs. */
public final class RefreshEndpoints {
  /** Many times the size of a token. */
  private static final int MAX_BODY = 4 * 1024;
  private static final Route<RefreshRequest> ROUTE = Route
    .open("POST", "/v1/refresh", "refresh", RefreshRequest.class)
    .limit(RateLimit.REFRESH.id())
    .maxBody(MAX_BODY);

  private RefreshEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Uuid7 ids = new Uuid7(stores.clock());
    SessionRenewal renewals = new SessionRenewal(cassandra, stores.clock(),
        TokenIssuer.from(env, stores.clock()),
        new Sessions(cassandra, new Revoker(cassandra, ids), Publishing.open(env, stores).publications()),
        new Usernames(cassandra));
    RefreshCookie cookie = RefreshCookie.from(env);
    return List.of(new Endpoint<>(ROUTE,
        guard.open(RateLimit.REFRESH.id(), request -> session(request.getPayload().token(request, cookie)),
            new RefreshFunction(renewals, cookie))));
  }

  /**
   * The key of the session's limit. It is not the session's id, because every access token contains that: somebody
   * who has seen an access token could use up the session's limit.
   */
  private static String session(RefreshToken token) {
    return HexFormat.of().formatHex(token.familyHash());
  }
}
