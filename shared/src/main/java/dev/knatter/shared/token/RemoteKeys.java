package dev.knatter.shared.token;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Tls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes at a URL. This class fetches them again when they are older than {@link #FRESH}, so
 * that a withdrawn key becomes invalid. It also fetches them when a token names an unknown key, so that a new key is valid
 * at once. It fetches them at most twice in {@link #RATE_INTERVAL}. While the issuer is away, its last keys stay valid.
 *
 * <p>Nimbus' {@code JWKSourceBuilder} builds the same, but with the system's clock instead of ours.
 */
final class RemoteKeys {
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration RATE_INTERVAL = Duration.ofSeconds(15);

  /** The limit to connect and, again, to read. After both, half a second of the request's time is left. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 256 * 1024;
  private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

  private final Issuer issuer;
  private final JWKSetSource<SecurityContext> source;
  private final Clock clock;

  /**
   * Starts to fetch the keys and returns at once.
   *
   * @param tlsCa certificate of the authority to trust (PEM); null for the authorities that the JDK trusts
   */
  RemoteKeys(URI uri, @Nullable String tlsCa, Clock clock) {
    this.issuer = new Issuer(url(uri), tlsCa == null ? null : Tls.context(tlsCa).getSocketFactory());
    this.source = new CachingJWKSetSource<>(
        new RateLimitedJWKSetSource<>(new OutageTolerantJWKSetSource<>(issuer, Long.MAX_VALUE, null),
            RATE_INTERVAL.toMillis(), null),
        FRESH.toMillis(), TIMEOUT.multipliedBy(2).plusMillis(200).toMillis(), null);
    this.clock = clock;
    Thread.ofVirtual().name("outside-keys").start(() -> {
      try {
        source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
      } catch (KeySourceException _) {
        // Issuer has logged the failure, and the first token starts the next attempt.
      }
    });
  }

  /**
   * Returns the key with this kid; empty if the issuer has no such key.
   *
   * @throws Unavailable if the key is not among the known ones and the issuer does not answer
   */
  Optional<OutsideKey> find(String kid) {
    Optional<OutsideKey> found = Optional.empty();
    try {
      long now = clock.millis();
      JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, null);
      found = OutsideKey.find(known, kid);
      if (found.isEmpty()) {
        JWKSet latest = source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, null);
        found = OutsideKey.find(latest, kid);
      }
    } catch (RateLimitReachedException _) {
      // The issuer was asked a moment ago. The code below checks whether it answered then.
    } catch (KeySourceException _) {
      throw unavailable();
    }
    if (found.isEmpty() && issuer.away) {
      throw unavailable();
    }
    return found;
  }

  private static Unavailable unavailable() {
    return new Unavailable("The keys of the token's issuer cannot be read.", RATE_INTERVAL);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e); // cannot happen: OidcSettings accepts only http and https
    }
  }

  /** The issuer's address. The log says once that its keys cannot be read, and once that they can be read again. */
  private static final class Issuer extends URLBasedJWKSetSource<SecurityContext> {
    volatile boolean away;

    Issuer(URL url, @Nullable SSLSocketFactory sockets) {
      super(url, new Retriever(sockets));
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
        throws KeySourceException {
      try {
        JWKSet keys = super.getJWKSet(refresh, now, context);
        if (away) {
          log.info("The keys of the outside issuer can be read again.");
        }
        away = false;
        return keys;
      } catch (JWKSetUnavailableException e) {
        if (!away) {
          log.warn("The keys of the outside issuer cannot be read; those that are known go on counting.");
        }
        log.debug("The outside issuer's keys could not be fetched", e);
        away = true;
        throw e;
      }
    }
  }

  /** Fetches only from the address that the operator named: it follows no redirect. */
  private static final class Retriever extends DefaultResourceRetriever {
    Retriever(@Nullable SSLSocketFactory sockets) {
      super((int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), MAX_BYTES, /* disconnectAfterUse= */ true,
          sockets);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }
}
