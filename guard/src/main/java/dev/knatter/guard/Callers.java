package dev.knatter.guard;

import dev.knatter.core.DomainError.Unauthenticated;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.ErasedNames;
import dev.knatter.core.account.OutsideAccounts;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.Identity;
import dev.knatter.core.token.OutsideTokens;
import dev.knatter.core.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Whom access tokens speak for: ours, and those of the outside issuer where the operator has named one. Ours come
 * first, so that they cost nothing more; where there is no outside issuer, nothing of the other way is even loaded.
 */
final class Callers {
  private final TokenVerifier ours;
  private final @Nullable Outside outside;

  private record Outside(OutsideTokens tokens, OutsideAccounts accounts) {}

  private Callers(TokenVerifier ours, @Nullable Outside outside) {
    this.ours = ours;
    this.outside = outside;
  }

  static Callers from(Env env, Stores stores) {
    return new Callers(TokenVerifier.from(env, stores.clock()).start(),
        OutsideTokens.from(env, stores.clock()).map(tokens -> outside(tokens, env, stores)).orElse(null));
  }

  private static Outside outside(OutsideTokens tokens, Env env, Stores stores) {
    Uuid7 ids = new Uuid7(stores.clock());
    return new Outside(tokens, new OutsideAccounts(stores.cassandra(), ids,
        ErasedNames.from(env, stores.cassandra())));
  }

  /** @throws Unauthenticated when the token is not valid here and now */
  Identity of(String token) {
    try {
      return ours.verify(token);
    } catch (Unauthenticated refused) {
      if (outside == null) {
        throw refused;
      }
      return outside.accounts.identity(outside.tokens.verify(token).orElseThrow(() -> refused));
    }
  }
}
