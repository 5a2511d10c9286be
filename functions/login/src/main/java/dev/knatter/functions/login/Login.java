package dev.knatter.functions.login;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Accounts;
import dev.knatter.core.account.Logins;
import dev.knatter.core.account.Passwords;
import dev.knatter.core.limit.Guesses;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.TokenIssuer;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Login {
  /** A password of 256 characters with every one escaped as twelve, a key, and room for the rest. */
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<LoginRequest> ROUTE = Route
    .open("POST", "/v1/login", "login", LoginRequest.class)
    .limit(RateLimit.LOGIN.id())
    .maxBody(MAX_BODY);

  private Login() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    Passwords passwords = Passwords.sized(Runtime.getRuntime());
    Accounts accounts = new Accounts(stores.cassandra(), passwords);
    Logins logins = new Logins(stores.cassandra(), ids, TokenIssuer.from(env, stores.clock()), accounts);
    Guesses guesses = new Guesses(stores.redis(), RateLimit.LOGIN);
    return List.of(new Endpoint<>(ROUTE,
        guard.open(RateLimit.LOGIN.id(), new LoginFunction(guesses, accounts, logins))));
  }
}
