package dev.knatter.functions.register;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class RegisterEndpoints {
  /** Enough for a password of 256 characters, each escaped as twelve. */
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<RegisterRequest> ROUTE = Route
    .open("POST", "/v1/register", "register", RegisterRequest.class)
    .limit(RateLimit.REGISTER.id())
    .maxBody(MAX_BODY);

  private RegisterEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Uuid7 ids = new Uuid7(stores.clock());
    Passwords passwords = Passwords.forRuntime(Runtime.getRuntime());
    Registration registration = new Registration(stores.cassandra(), stores.clock(), ids, passwords,
        ErasedNames.from(env, stores.cassandra()), Publishing.open(env, stores).publications());
    return List.of(new Endpoint<>(ROUTE,
        guard.open(RateLimit.REGISTER.id(), request -> request.getPayload().checked().username().value(),
            new RegisterFunction(registration))));
  }
}
