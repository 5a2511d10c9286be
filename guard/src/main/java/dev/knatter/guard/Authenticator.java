package dev.knatter.guard;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.OutsideAccounts;
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
        ErasedNames.from(env, stores.cassandra())));
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
