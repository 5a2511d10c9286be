package dev.knatter.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes forged tokens (RFC 7519) without end, which nothing may accept. Each is a valid token that was changed in one or
 * two of the ways that a forger would try (RFC 8725 §2). They hold only visible ASCII, so that they fit into a header.
 */
public final class Counterfeits {
  private static final List<String> ALGORITHMS = List.of("\"none\"", "\"None\"", "\"nOnE\"", "\"\"", "null",
      "0",
      "\"HS256\"", "\"HS384\"", "\"HS512\"", "\"RS384\"", "\"RS512\"", "\"PS256\"", "\"ES256\"", "\"EdDSA\"",
      "\"rs256\"", "[\"RS256\"]", "{}", "\"RSA-OAEP\"", "\"dir\"");
  private static final List<String> KEY_IDS = List.of("\"/dev/null\"", "\"../../../dev/null\"",
      "\"jwks.json\"",
      "\"file:///etc/passwd\"", "\"http://127.0.0.1:9/keys\"", "\"https://knatter.example/jwks.json\"",
      "\"' OR '1'='1\"", "\"$(id)\"", "\"\\u0000\"", "\"*\"", "null", "0", "-1", "[]", "{}", "true", "\"\"");
  private static final List<String> EXTRAS = List.of("\"jku\":\"http://127.0.0.1:9/keys\"",
      "\"jku\":\"file:///keys\"",
      "\"x5u\":\"http://127.0.0.1:9/cert\"", "\"x5u\":7", "\"x5c\":[\"MIIB\"]", "\"x5c\":\"MIIB\"",
      "\"x5t\":\"AAAA\"",
      "\"crit\":[\"exp\"]", "\"crit\":[]", "\"b64\":false,\"crit\":[\"b64\"]", "\"zip\":\"DEF\"",
      "\"enc\":\"A128GCM\"",
      "\"cty\":\"JWT\"", "\"jwk\":null", "\"jwk\":{}", "\"alg\":\"none\"", "\"kid\":\"other\"",
      "\"typ\":\"JWT\"");
  private static final List<String> CLAIMS = List.of("\"sub\":\"019a4f6e-5b7a-7c3e-9f10-3a4b5c6d7e8f\"",
      "\"preferred_username\":\"root\"", "\"exp\":4102444800", "\"aud\":[\"knatter\",\"all\"]",
      "\"admin\":true",
      "\"iss\":\"https://knatter.example\"");
  private static final List<String> HEADERS = List.of("", "null", "[]", "{}", "7", "\"RS256\"",
      "{\"alg\":\"RS256\"",
      "{\"alg\":", "{\"a\":".repeat(400), "[".repeat(1_500), "\u00ef\u00bb\u00bf{}");

  private final String[] good;
  private final String[] other;
  private final String kid;
  private final RSAPublicKey key;
  private final KeyPair own;
  private final Random random;

  /**
   * @param good  a valid token
   * @param other a valid token of another user
   * @param kid   the kid of the key that signed both
   * @param seed  chooses the changes; the forger's own key is a new one each time
   */
  public Counterfeits(String good, String other, String kid, RSAPublicKey key, long seed) {
    this.good = good.split("\\.", -1);
    this.other = other.split("\\.", -1);
    this.kid = kid;
    this.key = key;
    this.random = new Random(seed);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      this.own = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the next forged token. */
  public String next() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> flipped();
      case 2 -> header(one(ALGORITHMS), quoted(kid), "");
      case 3 -> header("\"RS256\"", one(KEY_IDS), "");
      case 4 -> header("\"RS256\"", quoted(kid), "," + one(EXTRAS));
      case 5 -> header("\"RS256\"", random.nextBoolean() ? quoted(kid) : "\"own\"", "," + ownKey());
      case 6 -> signedByTheOwnKey(decoded(good[0]), claims());
      case 7 -> String.join(".", good[0], encoded(claims()), good[2]);
      case 8 -> swapped();
      default -> String.join(".", encoded(one(HEADERS)), good[1], random.nextBoolean() ? good[2] : "");
    };
  }

  /** Flips one to three bits of one part of the token. */
  private String flipped() {
    String[] parts = good.clone();
    int at = random.nextInt(parts.length);
    byte[] bytes = Base64.getUrlDecoder().decode(parts[at]);
    int bits = 1 + random.nextInt(3);
    int first = random.nextInt(bytes.length * Byte.SIZE - bits);
    for (int bit = first; bit < first + bits; bit++) {
      bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
    }
    parts[at] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return String.join(".", parts);
  }

  private String header(String algorithm, String keyId, String more) {
    String header = "{\"alg\":" + algorithm + ",\"typ\":\"at+jwt\",\"kid\":" + keyId + more + "}";
    String claims = random.nextBoolean() ? decoded(good[1]) : claims();
    return switch (algorithm) {
      case "\"HS256\"" -> hmac("HmacSHA256", header, claims);
      case "\"HS384\"" -> hmac("HmacSHA384", header, claims);
      case "\"HS512\"" -> hmac("HmacSHA512", header, claims);
      default -> switch (random.nextInt(3)) {
        case 0 -> encoded(header) + "." + encoded(claims) + ".";
        case 1 -> encoded(header) + "." + encoded(claims) + "." + good[2];
        default -> signedByTheOwnKey(header, claims);
      };
    };
  }

  /** Signs by HMAC, with the public key as the secret, in one of three encodings. */
  private String hmac(String name, String header, String claims) {
    byte[] secret = switch (random.nextInt(3)) {
      case 0 -> key.getEncoded();
      case 1 -> key.getModulus().toByteArray();
      default -> ("-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded())
          + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
    };
    String content = encoded(header) + "." + encoded(claims);
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signedByTheOwnKey(String header, String claims) {
    String content = encoded(header) + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(own.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ownKey() {
    RSAPublicKey open = (RSAPublicKey) own.getPublic();
    return "\"jwk\":{\"kty\":\"RSA\",\"kid\":\"own\",\"n\":\"" + encoded(open.getModulus().toByteArray())
        + "\",\"e\":\"AQAB\"}";
  }

  /** Joins parts of two valid tokens in a wrong order or number. */
  private String swapped() {
    List<String> parts = List.of(good[0], good[1], good[2], other[1], other[2], "");
    while (true) {
      String[] some = new String[1 + random.nextInt(6)];
      Arrays.setAll(some, _ -> one(parts));
      boolean right = some.length == 3 && some[0].equals(good[0])
          && ((some[1].equals(good[1]) && some[2].equals(good[2]))
              || (some[1].equals(other[1]) && some[2].equals(other[2])));
      if (!right) {
        return String.join(".", some);
      }
    }
  }

  /** Returns the valid claims and one more at the end. A parser may prefer it to an earlier claim of the same name. */
  private String claims() {
    String claims = decoded(good[1]);
    return claims.substring(0, claims.length() - 1) + "," + one(CLAIMS) + "}";
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
