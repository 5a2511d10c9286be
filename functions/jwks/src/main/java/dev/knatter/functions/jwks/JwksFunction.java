package dev.knatter.functions.jwks;

import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.shared.Digest;
import dev.knatter.shared.token.PublishedKeys;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Answers the public keys. They do not change while the process lives. */
final class JwksFunction implements Function<Message<JwksQuery>, Message<String>> {
  /** An operator waits for as long between publishing a key and signing with it: see docs/operating.md. */
  private static final String CACHED = "public, max-age=300";
  private static final int NOT_MODIFIED = 304;

  private final String json;
  private final String tag;

  JwksFunction(PublishedKeys keys) {
    json = keys.json();
    tag = "\"" + HexFormat.of().formatHex(new Digest().add(json).bytes(), 0, 16) + "\"";
  }

  @Override
  public Message<String> apply(Message<JwksQuery> message) {
    if (message.getHeaders().get("If-None-Match") instanceof String known && matches(known)) {
      return new GenericMessage<>("",
          Map.of("statusCode", NOT_MODIFIED, "ETag", tag, "Cache-Control", CACHED));
    }
    return new GenericMessage<>(json, Map.of("ETag", tag, "Cache-Control", CACHED));
  }

  /** Whether If-None-Match (RFC 9110 §13.1.2) contains our tag. Tags are compared weakly. */
  private boolean matches(String known) {
    return known.equals("*") || known.contains(tag);
  }
}
