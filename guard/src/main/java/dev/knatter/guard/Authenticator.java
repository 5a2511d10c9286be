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
 * Whom access tokens speak for: ours, and those of the outside issuer where the operator has named one. Ours come
 * first, so that they cost nothing more; where there is no outside issuer, nothing of the other way is even loaded.
 */
final class Authenticator {
  private final TokenVerifier ours;
  private final @Nullable Outside outside;

  private record Outside(OutsideTokens tokens, OutsideAccounts accounts) {}

  private Authenticator(TokenVerifier ours, @Nullable Outside outside) {
    this.ours = ours;
    this.outside = outside;
  }

  static Authenticator from(Env env, Stores stores) {
    return new Authenticator(TokenVerifier.from(env, stores.clock()).start(),
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
