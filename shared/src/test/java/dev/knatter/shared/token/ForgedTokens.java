package dev.knatter.shared.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import org.jspecify.annotations.Nullable;

/** Makes tokens of any shape from the claims of a valid token. */
final class ForgedTokens {
  private final Map<String, Object> claims = new LinkedHashMap<>();

  ForgedTokens(Instant now) {
    claims.put("iss", "https://knatter.local");
    claims.put("aud", "knatter");
    claims.put("sub", UUID.randomUUID().toString());
    claims.put("sid", UUID.randomUUID().toString());
    claims.put("preferred_username", "ada");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plusSeconds(900).getEpochSecond());
  }

  ForgedTokens with(String claim, @Nullable Object value) {
    claims.put(claim, value);
    return this;
  }

  ForgedTokens without(String claim) {
    claims.remove(claim);
    return this;
  }

  static JWSHeader.Builder header(JWSAlgorithm algorithm, @Nullable String kid) {
    return new JWSHeader.Builder(algorithm).type(TokenVerifier.TYPE).keyID(kid);
  }

  String sign(JWSHeader header, JWSSigner signer) {
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jws.serialize();
  }

  /** Makes a token with any text as its header and as its signature. */
  String raw(String header, String signature) {
    return encode(header) + "." + encode(new Payload(claims).toString()) + "." + encode(signature);
  }

  static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
