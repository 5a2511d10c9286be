package dev.knatter.guard;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.OutsideAccounts;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideTokens;
import dev.knatter.shared.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates callers by access tokens: our own, and those of the outside issuer if the operator has configured
 * one. Our own tokens are tried first, so they cost nothing more.
 */
final class Authenticator {
  private final TokenVerifier own;
  private final @Nullable Outside outside;

  private record Outside(OutsideTokens tokens, OutsideAccounts accounts) {}

  private Authenticator(TokenVerifier own, @Nullable Outside outside) {
    this.own = own;
    this.outside = outside;
  }

  static Authenticator from(Env env, Stores stores) {
    return new Authenticator(TokenVerifier.from(env, stores.clock()),
        OutsideTokens.from(env, stores.clock()).map(tokens -> outside(tokens, env, stores)).orElse(null));
  }

  private static Outside outside(OutsideTokens tokens, Env env, Stores stores) {
    Uuid7 ids = new Uuid7(stores.clock());
    return new Outside(tokens, new OutsideAccounts(stores.cassandra(), ids,
        ErasedNames.from(env, stores.cassandra()), publications(env, stores, ids)));
  }

  /** Where events are published, those of new accounts are left to the sweep: a guard has no client for the sink. */
  private static Publications publications(Env env, Stores stores, Uuid7 ids) {
    if (env.find("K_SINK").isEmpty()) {
      return Publications.NONE;
    }
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Publisher publisher = new Publisher(stores.cassandra(),
        new PublicationTable(stores.cassandra(), ids, random), null);
    stores.beforeClose(publisher::close);
    return publisher;
  }

  /** @throws Unauthenticated if the token is not valid */
  Identity of(String token) {
    try {
      return own.verify(token);
    } catch (Unauthenticated refused) {
      if (outside == null) {
        throw refused;
      }
      return outside.accounts.identity(outside.tokens.verify(token).orElseThrow(() -> refused));
    }
  }
}
