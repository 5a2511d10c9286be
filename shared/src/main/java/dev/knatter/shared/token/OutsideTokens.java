package dev.knatter.shared.token;

import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;

/**
 * Checks access tokens of the one outside issuer that the operator named, such as Keycloak: JWTs signed by a key of
 * its set, with that key's algorithm. What a token's header says chooses among these keys and nothing else; one that
 * brings a key, an address of one or a condition (jku, jwk, x5u, x5c, crit) is refused. So are the issuer's other kinds
 * of tokens.
 *
 * <p>A token counts for {@link TokenIssuer#LIFETIME} after it was issued, whatever it says: as long as one of ours,
 * which is how long a revocation is remembered.
 */
public final class OutsideTokens {
  static final int MAX_CHARS = 8_192;

  /** x5t is a hint that some issuers give beside the kid; it is not looked at. */
  private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");
  /** RFC 9068 §2.1 has at+jwt; most issuers say JWT, or nothing. */
  private static final Set<JOSEObjectType> ACCESS_TOKENS = Set.of(TokenVerifier.TYPE,
      new JOSEObjectType("application/at+jwt"));

  private final OidcSettings settings;
  private final Function<String, Optional<OutsideKey>> keys;
  private final Clock clock;
  private final VerifiedTokens<OutsideToken> known = new VerifiedTokens<>();

  private record OutsideToken(OutsideIdentity identity, Validity validity, String kid, OutsideKey key) {}

  private OutsideTokens(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    URI url = settings.url();
    this.keys = url == null
        ? kid -> OutsideKey.find(settings.keys(), kid)
        : new RemoteKeys(url, settings.tlsCa(), clock)::find;
  }

  /** Empty where KNATTER_OIDC_ISSUER names no issuer. Where its keys are at a URL, they are asked for at once. */
  public static Optional<OutsideTokens> from(Env env, Clock clock) {
    return OidcSettings.from(env).map(settings -> new OutsideTokens(settings, clock));
  }

  /**
   * Whom the token speaks for; empty where it does not name this issuer.
   *
   * @throws Unauthenticated when it is not valid here and now; the detail tells expired from everything else only
   * @throws Unavailable     when the issuer's keys are not known and cannot be asked for
   */
  public Optional<OutsideIdentity> verify(String token) {
    if (token.length() > MAX_CHARS) {
      return Optional.empty();
    }
    return known.find(token, this::stillCounts, this::read).map(verified -> {
      verified.validity.require(clock.instant());
      return verified.identity;
    });
  }

  /** A key that the issuer has withdrawn takes with it what was verified by it. */
  private boolean stillCounts(OutsideToken token) {
    return keys.apply(token.kid).filter(token.key::equals).isPresent();
  }

  private Optional<OutsideToken> read(String token) {
    JWSObject jws;
    Claims claims;
    try {
      jws = TokenVerifier.parts(token);
      Map<String, Object> values = jws.getPayload().toJSONObject();
      if (values == null || !settings.issuer().equals(values.get("iss"))) {
        return Optional.empty();
      }
      claims = new Claims(values);
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // the parser also fails in ways it does not declare
    }
    try {
      return Optional.of(check(jws, claims));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** Everything that costs nothing comes before the key, for which the issuer may have to be asked. */
  private OutsideToken check(JWSObject jws, Claims claims) {
    JWSHeader header = jws.getHeader();
    String kid = header.getKeyID();
    boolean acceptable = kid != null
        && HEADER.containsAll(header.getIncludedParams())
        && claims.audience().contains(settings.audience())
        && isAccessToken(header, claims)
        && isSubject(claims.text("sub"));
    if (!acceptable || kid == null) {
      throw invalid();
    }
    OutsideIdentity identity = OutsideIdentity.of(claims);
    Validity validity = validity(claims);
    validity.require(clock.instant());
    OutsideKey key = keys.apply(kid).filter(each -> each.verifies(jws)).orElseThrow(OutsideTokens::invalid);
    return new OutsideToken(identity, validity, kid, key);
  }

  /**
   * ID tokens are signed by the same keys, and for a client whose id is our audience they name it too. Keycloak says
   * {@code typ}, others the type of RFC 9068 §2.1; where neither is there, an access token has its scope, and an ID token
   * its nonce or the hash of what it came with (OpenID Connect Core 1.0 §2 and §3.1.3.6). Tokens that are bound to a key
   * (RFC 7800) are no bearer's.
   */
  private static boolean isAccessToken(JWSHeader header, Claims claims) {
    JOSEObjectType type = header.getType();
    boolean named = type != null && ACCESS_TOKENS.contains(type);
    if (!named && type != null && !type.equals(JOSEObjectType.JWT)) {
      return false;
    }
    if (Stream.of("cnf", "at_hash", "c_hash").anyMatch(claims::has)) {
      return false;
    }
    if (claims.has("typ")) {
      return claims.text("typ").equals("Bearer");
    }
    boolean scoped = claims.has("scope") || claims.has("scp");
    return named || (scoped && !claims.has("nonce"));
  }

  /** OpenID Connect Core 1.0 §2 has 255 characters; half a surrogate pair would be stored as something else. */
  private static boolean isSubject(String text) {
    return !text.isEmpty() && text.length() <= 255 && Checks.isUnicode(text);
  }

  private static Validity validity(Claims claims) {
    Validity said = Validity.of(claims);
    Instant latest = claims.time("iat").plus(TokenIssuer.LIFETIME);
    return said.ends().isAfter(latest) ? new Validity(said.begins(), latest) : said;
  }

  private static Unauthenticated invalid() {
    return new Unauthenticated("The access token is not valid.");
  }
}
