package dev.knatter.functions.account;

import java.util.List;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.PasswordChange;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.account.PublicKeys;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.erasure.Erasures;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.publication.Publications;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Revoker;
import org.springframework.messaging.Message;

/** Builds the endpoints of this function and the objects that they need. */
public final class AccountEndpoints {
  /** Enough for two passwords of 256 characters or a key, with every character escaped. */
  private static final int MAX_BODY = 32 * 1024;
  private static final String ME = "/v1/me";
  private static final String KEY = "/v1/me/keys/{keyId}";
  private static final String PASSWORD = "/v1/me/password";
  private static final String ERASE = "/v1/me/erase";
  private static final String ERASURE = "/v1/erasures/{erasureId}";
  private static final String BLOCKS = "/v1/blocks";
  private static final String BLOCK = "/v1/blocks/{username}";

  private AccountEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Uuid7 ids = new Uuid7(stores.clock());
    Me me = new Me(new Profiles(cassandra), new PhoneNumbers(cassandra));
    KeyFunctions keys = new KeyFunctions(new PublicKeys(cassandra));
    Passwords passwords = Passwords.forRuntime(Runtime.getRuntime());
    Publications publications = Publishing.open(env, stores).publications();
    PasswordFunction password = new PasswordFunction(new PasswordChange(cassandra, passwords,
        new PasswordThrottle(stores.redis(), RateLimit.PASSWORD),
        new Sessions(cassandra, new Revoker(cassandra, ids), publications)));
    EraseFunction erasure = new EraseFunction(
        new Erasures(cassandra, stores.redis(), stores.clock(), passwords,
            ErasedNames.from(env, cassandra), publications));
    BlocksFunction blocks = new BlocksFunction(new Blocks(cassandra, new UserInvalidations(stores.redis())),
        new Usernames(cassandra));
    return List.of(
        endpoint(guard, Route.bearer("GET", ME, "account", NoInput.class).compressed(), RateLimit.ACCOUNT,
            me::read),
        endpoint(guard, Route.bearer("PATCH", ME, "account-change", ProfileChange.class), RateLimit.ACCOUNT,
            me::change),
        endpoint(guard, Route.bearer("PUT", KEY, "account-put-key", KeyRequest.class), RateLimit.ACCOUNT,
            keys::put),
        endpoint(guard, Route.bearer("DELETE", KEY, "account-delete-key", KeyQuery.class), RateLimit.ACCOUNT,
            keys::delete),
        endpoint(guard, Route.bearer("PUT", PASSWORD, "account-password", PasswordRequest.class),
            RateLimit.PASSWORD, password),
        endpoint(guard, Route.bearer("POST", ERASE, "account-erase", EraseRequest.class), RateLimit.PASSWORD,
            erasure::erase),
        new Endpoint<>(Route.open("GET", ERASURE, "account-erasure", ErasureQuery.class)
          .limit(RateLimit.ERASURES.id())
          .maxBody(MAX_BODY), guard.open(RateLimit.ERASURES.id(), erasure::report)),
        endpoint(guard, Route.bearer("GET", BLOCKS, "account-blocks", NoInput.class).compressed(),
            RateLimit.BLOCKS,
            blocks::list),
        endpoint(guard, Route.bearer("PUT", BLOCK, "account-block", BlockQuery.class), RateLimit.BLOCKS,
            blocks::block),
        endpoint(guard, Route.bearer("DELETE", BLOCK, "account-unblock", BlockQuery.class), RateLimit.BLOCKS,
            blocks::unblock));
  }

  private static <I> Endpoint<I> endpoint(Guard guard, Route<I> route, RateLimit limit,
      Function<Message<I>, ? extends Message<?>> function) {
    return new Endpoint<>(route.limit(limit.id()).maxBody(MAX_BODY), guard.bearer(limit.id(), function));
  }
}
