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
 * Checks access tokens of the one outside issuer that the operator named, such as Keycloak. They are JWTs that a key of the
 * issuer's set has signed with the algorithm of that key. The header of a token can only choose one of these keys. A header
 * with a key, the address of a key or a condition (jku, jwk, x5u, x5c, crit) makes the token invalid. The issuer's other
 * kinds of tokens are invalid too.
 *
 * <p>A token is valid for at most {@link TokenIssuer#LIFETIME} after it was issued, even if its {@code exp} is later,
 * because the product remembers revocations for that long only.
 */
public final class OutsideTokens {
  static final int MAX_CHARS = 8_192;

  /** Some issuers send x5t beside the kid. The check ignores it. */
  private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");
  /** The types of RFC 9068 §2.1. Most issuers send JWT or no type, which {@link #isAccessToken} handles. */
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

  /** Empty if KNATTER_OIDC_ISSUER is absent. If the issuer's keys are at a URL, this starts to fetch them. */
  public static Optional<OutsideTokens> from(Env env, Clock clock) {
    return OidcSettings.from(env).map(settings -> new OutsideTokens(settings, clock));
  }

  /**
   * Returns the caller whom the token names; empty if it is not a token of this issuer.
   *
   * @throws Unauthenticated if the token is not valid here and now; the detail says only whether it has expired
   * @throws Unavailable     if the issuer's keys are not known and cannot be fetched
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

  /** Whether the issuer still has the key. When the issuer withdraws a key, the tokens that it signed become invalid. */
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
      return Optional.empty(); // the parser also throws exceptions that it does not declare
    }
    try {
      return Optional.of(check(jws, claims));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** Looks for the key last, because the issuer may have to be asked for it. All other checks cost nothing. */
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
   * Tells access tokens from ID tokens. The same keys sign both, and an ID token also names our audience if that is a
   * client id.
   *
   * <p>Keycloak sends the claim {@code typ}, and other issuers send the type of RFC 9068 §2.1. If neither is there, an
   * access token has a scope, and an ID token has a nonce or a hash (OpenID Connect Core 1.0 §2 and §3.1.3.6). A token that
   * is bound to a key (RFC 7800) is refused, because it is not a bearer token.
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

  /**
   * A subject has at most 255 characters (OpenID Connect Core 1.0 §2). Half a surrogate pair is refused, because the store
   * would change it.
   */
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
