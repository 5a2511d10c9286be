package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RemoteKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final OutsideIssuerKey FIRST = OutsideIssuerKey.rs256("first");
  private static final OutsideIssuerKey SECOND = OutsideIssuerKey.rs256("second");

  private final KeyServer issuer = new KeyServer(FIRST.key());
  private final MovableClock clock = new MovableClock(NOW);

  @AfterEach
  void stop() {
    issuer.close();
  }

  /** Loads the classes first, because that may take longer than a request waits for an issuer. */
  @BeforeAll
  static void warmUp() {
    try (KeyServer issuer = new KeyServer(FIRST.key())) {
      String token = FIRST.sign(OutsideIssuerKey.good(NOW));
      await().atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> tokens(issuer, new MovableClock(NOW)).verify(token).isPresent());
    }
  }

  private OutsideTokens tokens() {
    return tokens(issuer, clock);
  }

  private static OutsideTokens tokens(KeyServer issuer, MovableClock clock) {
    return OutsideTokens
      .from(Env.of(Map.of("KNATTER_OIDC_ISSUER", OutsideIssuerKey.ISSUER, "KNATTER_OIDC_AUDIENCE",
          OutsideIssuerKey.AUDIENCE, "KNATTER_OIDC_JWKS_URL", issuer.url())), clock)
      .orElseThrow();
  }

  private Optional<OutsideIdentity> verify(OutsideTokens tokens, OutsideIssuerKey key, String jti) {
    return tokens.verify(key.sign(OutsideIssuerKey.good(clock.instant()).with("jti", jti)));
  }

  private void assertRefused(OutsideTokens tokens, OutsideIssuerKey key) {
    assertThatThrownBy(() -> verify(tokens, key, "refused")).isInstanceOf(Unauthenticated.class);
  }

  private static boolean isRefused(OutsideTokens tokens, String token) {
    try {
      return tokens.verify(token).isEmpty();
    } catch (Unauthenticated e) {
      return true;
    }
  }

  private void assertUnavailable(OutsideTokens tokens, OutsideIssuerKey key) {
    assertThatThrownBy(() -> verify(tokens, key, "unavailable")).isInstanceOf(Unavailable.class);
  }

  @Test
  void keys_areAskedForOnceAtTheStart() {
    OutsideTokens tokens = tokens();
    for (int i = 0; i < 50; i++) {
      assertThat(verify(tokens, FIRST, "token " + i)).isPresent();
    }
    assertThat(issuer.asked()).isEqualTo(1);
  }

  @Test
  void keyThatIsNew_countsAtOnce() {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    issuer.publish(FIRST.key(), SECOND.key());

    assertThat(verify(tokens, SECOND, "after")).isPresent();
    assertThat(verify(tokens, FIRST, "after")).isPresent();
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void keyThatIsWithdrawn_countsNoLongerThanTheKeysAreFresh() {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    issuer.publish(SECOND.key());
    clock.advance(RemoteKeys.FRESH.minusSeconds(1));
    String late = FIRST.sign(OutsideIssuerKey.good(clock.instant()));
    assertThat(tokens.verify(late)).isPresent();
    clock.advance(Duration.ofSeconds(1));

    assertRefused(tokens, FIRST);
    assertThatThrownBy(() -> tokens.verify(late)).as("remembered as it was")
      .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void floodOfUnknownKeys_isNoFloodOfQuestions() throws Exception {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    OutsideIssuerKey unknown = OutsideIssuerKey.rs256("unknown");
    String token = unknown.sign(OutsideIssuerKey.good(NOW));
    int seconds = 120;
    List<Callable<Boolean>> flood = Collections.nCopies(20, () -> isRefused(tokens, token));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int second = 0; second < seconds; second++) {
        assertThat(threads.invokeAll(flood)).allMatch(Future::resultNow);
        clock.advance(Duration.ofSeconds(1));
      }
    }
    assertThat(issuer.asked()).isBetween(5, 2 + 2 * seconds / (int) RemoteKeys.RATE_INTERVAL.toSeconds());
    issuer.publish(FIRST.key(), SECOND.key());
    clock.advance(RemoteKeys.RATE_INTERVAL);
    assertThat(verify(tokens, SECOND, "after")).isPresent();
  }

  @Test
  void issuerAway_whatIsKnownGoesOnCountingAndNobodyWaits() {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    issuer.stall();
    clock.advance(Duration.ofHours(3));
    assertThat(verify(tokens, FIRST, "the first one waits")).isPresent();
    clock.advance(RemoteKeys.RATE_INTERVAL);
    long before = System.nanoTime();
    assertThat(verify(tokens, FIRST, "the next")).isPresent();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(issuer.asked()).isEqualTo(2);
    assertUnavailable(tokens, SECOND);
    issuer.resume();
    issuer.publish(SECOND.key());
    await().until(() -> {
      clock.advance(RemoteKeys.RATE_INTERVAL);
      try {
        return verify(tokens, SECOND, "again").isPresent();
      } catch (Unavailable e) {
        return false;
      }
    });
    assertRefused(tokens, FIRST);
  }

  @Test
  void issuerAwayAtTheStart_isUnavailableUntilItIsThere() {
    issuer.answer(503, "");
    OutsideTokens tokens = tokens();
    assertUnavailable(tokens, FIRST);
    assertThat(tokens.verify(FIRST.sign(OutsideIssuerKey.good(NOW).with("iss", "https://knatter.local"))))
      .isEmpty();
    await().until(() -> issuer.asked() == 2); // once at the start, and once for the first token
    issuer.publish(FIRST.key());
    assertUnavailable(tokens, FIRST);
    clock.advance(RemoteKeys.RATE_INTERVAL);

    assertThat(verify(tokens, FIRST, "again")).isPresent();
  }

  @Test
  void answerThatIsNoKeySet_isNoAnswer() {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    String good = new JWKSet(SECOND.key()).toString();
    for (String body : new String[]{"", "<html>", "{}", "[".repeat(100_000),
        good + " ".repeat(256 * 1024)}) {
      issuer.answer(200, body);
      clock.advance(RemoteKeys.FRESH);
      assertThat(verify(tokens, FIRST, "still")).isPresent();
    }
    issuer.answer(302, good);
    clock.advance(RemoteKeys.FRESH);
    assertUnavailable(tokens, SECOND);
    assertThat(issuer.paths()).as("a redirect is not followed").containsExactly("/keys");
  }

  @Test
  void keySetWithoutAUsableKey_countsAsOne() {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    for (String body : new String[]{"{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"second\",\"k\":\"AAAA\"}]}"}) {
      issuer.answer(200, body);
      clock.advance(RemoteKeys.FRESH);
      assertRefused(tokens, FIRST);
      assertRefused(tokens, SECOND);
    }
    issuer.publish(FIRST.key());
    clock.advance(RemoteKeys.RATE_INTERVAL);
    assertThat(verify(tokens, FIRST, "again")).isPresent();
  }

  @Test
  void tokenThatNamesAnAddress_isNotFetchedFromThere() throws Exception {
    OutsideTokens tokens = tokens();
    verify(tokens, FIRST, "before");
    try (KeyServer own = new KeyServer(SECOND.key())) {
      var address = URI.create(own.url());
      assertThatThrownBy(() -> tokens.verify(
          OutsideIssuerKey.good(NOW).sign(SECOND.header().jwkURL(address).build(), SECOND.signer())))
        .isInstanceOf(Unauthenticated.class);
      assertThatThrownBy(() -> tokens.verify(
          OutsideIssuerKey.good(NOW).sign(SECOND.header().keyID(own.url()).build(), SECOND.signer())))
        .isInstanceOf(Unauthenticated.class);
      assertThat(own.asked()).isZero();
    }
  }
}
