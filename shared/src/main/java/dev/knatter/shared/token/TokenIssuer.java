package dev.knatter.shared.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.shared.Env;

/** Makes access tokens. It holds the private key, so only the functions that open or renew a session have one. */
public final class TokenIssuer {
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private final JWSHeader header;
  private final JWSSigner signer;
  private final TokenSettings settings;
  private final Operators operators;
  private final Clock clock;

  private TokenIssuer(RSAKey key, TokenSettings settings, Operators operators, Clock clock)
      throws JOSEException {
    this.header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(TokenVerifier.TYPE)
      .keyID(key.getKeyID())
      .build();
    this.signer = new RSASSASigner(key);
    this.settings = settings;
    this.operators = operators;
    this.clock = clock;
  }

  /** Reads the secret KNATTER_SIGNING_KEY. The users whom KNATTER_OPERATORS names get tokens of operators. */
  public static TokenIssuer from(Env env, Clock clock) {
    try {
      return new TokenIssuer(Keys.signing(env), TokenSettings.from(env), Operators.from(env),
          clock);
    } catch (JOSEException e) {
      throw new IllegalStateException("KNATTER_SIGNING_KEY is a key that cannot sign.");
    }
  }

  /** Makes a token of a session, valid from now for {@link #LIFETIME}. The claims are those of RFC 9068 §2.2. */
  public String issue(Identity identity) {
    return issue(identity, clock.instant());
  }

  /** Makes a token that is valid from the given moment, at which the session was known to be open. */
  public String issue(Identity identity, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", settings.issuer());
    claims.put("aud", settings.audience());
    claims.put("sub", identity.userId().toString());
    claims.put("sid", identity.sessionId().toString());
    claims.put("client_id", settings.audience()); // required by RFC 9068; the product is its own only client
    claims.put("preferred_username", identity.username());
    if (operators.include(identity)) {
      claims.put("scope", Operators.SCOPE);
    }
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("A token could not be signed.", e);
    }
    return jws.serialize();
  }
}
