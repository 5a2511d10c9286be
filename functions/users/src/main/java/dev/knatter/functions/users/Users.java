package dev.knatter.functions.users;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.account.Names;
import dev.knatter.core.account.PhoneNumbers;
import dev.knatter.core.account.Profiles;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;

/** The endpoints of this function, and what they are made of. */
public final class Users {
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<UserQuery> BY_NAME = Route
    .bearer("GET", "/v1/users/{username}", "users", UserQuery.class)
    .limit(RateLimit.USERS.id())
    .compressed();
  private static final Route<LookupRequest> BY_PHONE_NUMBER = Route
    .bearer("POST", "/v1/users/lookup", "users-lookup", LookupRequest.class)
    .limit(RateLimit.LOOKUP.id())
    .maxBody(MAX_BODY);

  private Users() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    UsersFunction users = new UsersFunction(new Names(cassandra), new PhoneNumbers(cassandra),
        new Profiles(cassandra));
    return List.of(new Endpoint<>(BY_NAME, guard.bearer(RateLimit.USERS.id(), users::byName)),
        new Endpoint<>(BY_PHONE_NUMBER, guard.bearer(RateLimit.LOOKUP.id(), users::byPhoneNumber)));
  }
}
