package dev.knatter.functions.login;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Accounts;
import dev.knatter.chat.account.Logins;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.guard.Guard;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Revoker;
import dev.knatter.shared.token.TokenIssuer;

/** Builds the endpoint of this function and the objects that it needs. */
public final class LoginEndpoints {
  /** Enough for a password of 256 characters, each escaped as twelve, and a key. */
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<LoginRequest> ROUTE = Route
    .open("POST", "/v1/login", "login", LoginRequest.class)
    .limit(RateLimit.LOGIN.id())
    .maxBody(MAX_BODY);

  private LoginEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    Passwords passwords = Passwords.forRuntime(Runtime.getRuntime());
    Accounts accounts = new Accounts(stores.cassandra(), passwords);
    Logins logins = new Logins(stores.cassandra(), ids, TokenIssuer.from(env, stores.clock()), accounts);
    SessionWebhooks webhooks = new SessionWebhooks(new Webhooks(stores.cassandra(), stores.clock()),
        new Sessions(stores.cassandra(), new Revoker(stores.cassandra(), ids)));
    PasswordThrottle throttle = new PasswordThrottle(stores.redis(), RateLimit.LOGIN);
    return List.of(new Endpoint<>(ROUTE,
        guard.open(RateLimit.LOGIN.id(),
            new LoginFunction(throttle, accounts, logins, WebhookUrls.from(env), webhooks,
                RefreshCookie.from(env)))));
  }
}
