package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.testing.Counterfeits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verifies thousands of forged tokens. {@code -Dknatter.soak=<seconds>} runs longer, with other tokens each time.
 * {@code -Dknatter.seed=<number>} repeats the tokens of an earlier run.
 */
final class TokenFuzzTest {
  private static final int AT_LEAST = 10_000;
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

  @TempDir
  private static Path folder;

  @Test
  void verify_counterfeits_areAllUnauthenticated() throws Exception {
    KeyFiles.write(folder);
    Env env = Env.of(Map.of("KNATTER_JWKS_FILE", folder.resolve("jwks.json").toString(),
        "KNATTER_SIGNING_KEY_FILE", folder.resolve("signing-key.json").toString()));
    RSAKey key = JWKSet.parse(Files.readString(folder.resolve("jwks.json"))).getKeys().getFirst().toRSAKey();
    TokenIssuer issuer = TokenIssuer.from(env, CLOCK);
    TokenVerifier verifier = TokenVerifier.from(env, CLOCK);
    Identity ada = new Identity(UUID.randomUUID(), "ada", UUID.randomUUID());
    String good = issuer.issue(ada);
    long soak = Long.getLong("knatter.soak", 0);
    long seed = Long.getLong("knatter.seed", soak > 0 ? ThreadLocalRandom.current().nextLong() : 20261121);
    Counterfeits counterfeits = new Counterfeits(good,
        issuer.issue(new Identity(UUID.randomUUID(), "bob", UUID.randomUUID())), key.getKeyID(),
        key.toRSAPublicKey(), seed);

    long end = System.nanoTime() + Duration.ofSeconds(soak).toNanos();
    for (int number = 0; number < AT_LEAST || System.nanoTime() < end; number++) {
      String token = counterfeits.next();
      assertThatThrownBy(() -> verifier.verify(token)).as("seed %d, number %d: %s", seed, number, token)
        .isInstanceOf(Unauthenticated.class);
    }
    assertThat(verifier.verify(good)).isEqualTo(ada);
  }
}
