package dev.knatter.shared.token;

import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;

/**
 * Checks the product's own access tokens: JWTs of the type {@code at+jwt} (RFC 9068), signed with RS256 by a key that the
 * operator listed. A token chooses nothing of the check except one of these keys, by its {@code kid}. A token with a header
 * parameter that the product does not issue (jku, jwk, x5u, crit, …) is refused.
 */
public final class TokenVerifier {
  static final int MAX_CHARS = 4_096;
  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
  /** The library's decoder ignores characters that are not base64url. This pattern refuses a token that has any. */
  private static final Pattern SHAPE = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

  private final Map<String, JWSVerifier> keys;
  private final TokenSettings settings;
  private final Clock clock;
  private final VerifiedTokens<VerifiedToken> known = new VerifiedTokens<>();

  private TokenVerifier(Map<String, JWSVerifier> keys, TokenSettings settings, Clock clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /** Reads the keys from KNATTER_JWKS. */
  public static TokenVerifier from(Env env, Clock clock) {
    return new TokenVerifier(Keys.verifying(env), TokenSettings.from(env), clock);
  }

  /**
   * Returns the caller whom the token names.
   *
   * @throws Unauthenticated if the token is not valid here and now; the detail says only whether it has expired
   */
  public Identity verify(String token) {
    if (token.length() > MAX_CHARS) {
      throw invalid();
    }
    VerifiedToken verified = known.get(token, this::read);
    verified.validity().require(clock.instant());
    return verified.identity();
  }

  private VerifiedToken read(String token) {
    JWSObject jws = parse(token);
    requireOurSignature(jws);
    Map<String, Object> claims = jws.getPayload().toJSONObject();
    if (claims == null) {
      throw invalid();
    }
    try {
      return read(new Claims(claims));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** Splits a token and verifies nothing. Only unknown tokens come here, because the look at every character costs time. */
  static JWSObject parts(String token) throws ParseException {
    if (!SHAPE.matcher(token).matches()) {
      throw new ParseException("Not three parts in base64url.", 0);
    }
    return JWSObject.parse(token);
  }

  private static JWSObject parse(String token) {
    try {
      return parts(token);
    } catch (ParseException | RuntimeException e) {
      throw invalid(); // the parser also throws exceptions that it does not declare, for example for the header "null"
    }
  }

  private void requireOurSignature(JWSObject jws) {
    JWSHeader header = jws.getHeader();
    JWSVerifier key = keys.get(header.getKeyID());
    if (key == null
        || !JWSAlgorithm.RS256.equals(header.getAlgorithm())
        || !TYPE.equals(header.getType())
        || !HEADER.containsAll(header.getIncludedParams())
        || !verifies(jws, key)) {
      throw invalid();
    }
  }

  private static boolean verifies(JWSObject jws, JWSVerifier key) {
    try {
      return jws.verify(key);
    } catch (JOSEException e) {
      return false;
    }
  }

  private VerifiedToken read(Claims claims) {
    boolean ours = claims.text("iss").equals(settings.issuer())
        && claims.audience().contains(settings.audience())
        && !claims.text("jti").isEmpty();
    if (!ours) {
      throw invalid();
    }
    return new VerifiedToken(
        new Identity(claims.uuid("sub"), claims.text("preferred_username"), claims.uuid("sid"))
          .asOperator(claims.hasScope(Operators.SCOPE)),
        Validity.of(claims));
  }

  private static Unauthenticated invalid() {
    return new Unauthenticated("The access token is not valid.");
  }
}
