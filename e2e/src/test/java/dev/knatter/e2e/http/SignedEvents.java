package dev.knatter.e2e.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import tools.jackson.databind.json.JsonMapper;

/** Events that a system outside signs, as docs/events.md says; written anew, without the product's own code. */
public final class SignedEvents {
  private static final String SOURCE = "/e2e";
  private static final byte[] KEY = "a key of the tests that is long enough".getBytes(StandardCharsets.UTF_8);
  /** The configuration that allows the source of these events everything. */
  public static final String SOURCES = JsonMapper.shared()
    .writeValueAsString(Map.of("sources",
        new Object[]{Map.of("source", SOURCE, "key", Base64.getEncoder().encodeToString(KEY), "types",
            new String[]{"dev.knatter.message.send.v1", "dev.knatter.user.erase.v1"}, "users",
            new String[]{"*"})}));

  private SignedEvents() {}

  /**
   * An event of now.
   *
   * @param data texts only, in ASCII, so that sorted names make their canonical form (RFC 8785)
   */
  public static Request signed(String type, String id, Map<String, String> data) {
    Instant now = Instant.now();
    String json = JsonMapper.shared().writeValueAsString(new TreeMap<>(data));
    return Request.post("/")
      .header("ce-specversion", "1.0")
      .header("ce-id", id)
      .header("ce-source", SOURCE)
      .header("ce-type", type)
      .header("ce-time", now.toString())
      .header("ce-knattersignature", signature(id, type, now, json))
      .jsonText(json)
      .mistaken();
  }

  private static String signature(String id, String type, Instant time, String json) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (String part : new String[]{id, SOURCE, type, Long.toString(time.toEpochMilli()), json}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      parts.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      parts.writeBytes(bytes);
      parts.write(',');
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(parts.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
