package dev.knatter.functions.users;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoints of this function and the objects that they need. */
public final class UsersEndpoints {
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<UserQuery> BY_NAME = Route
    .bearer("GET", "/v1/users/{username}", "users", UserQuery.class)
    .limit(RateLimit.USERS.id())
    .compressed();
  private static final Route<LookupRequest> BY_PHONE_NUMBER = Route
    .bearer("POST", "/v1/users/lookup", "users-lookup", LookupRequest.class)
    .limit(RateLimit.LOOKUP.id())
    .maxBody(MAX_BODY);

  private UsersEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    UsersFunction users = new UsersFunction(new Usernames(cassandra), new PhoneNumbers(cassandra),
        new Profiles(cassandra));
    return List.of(new Endpoint<>(BY_NAME, guard.bearer(RateLimit.USERS.id(), users::byName)),
        new Endpoint<>(BY_PHONE_NUMBER, guard.bearer(RateLimit.LOOKUP.id(), users::byPhoneNumber)));
  }
}
