package dev.knatter.functions.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/** Answers a file whose name does not change with its content: the page, or its worker. Browsers ask each time whether it is new. */
final class PageFunction implements Function<Message<PageQuery>, Message<byte[]>> {
  private static final int NOT_MODIFIED = 304;

  private final byte[] content;
  private final String opaque;
  private final Map<String, Object> headers;

  PageFunction(SiteFile file, String policy) {
    this.content = file.bytes();
    this.opaque = "\"" + file.hash() + "\"";
    // A weak tag: it also stands for the compressed bytes.
    this.headers = Map.of(MessageHeaders.CONTENT_TYPE, file.type(), "ETag", "W/" + opaque, "Cache-Control",
        "no-cache",
        "Content-Security-Policy", policy, "Referrer-Policy", "no-referrer", "Cross-Origin-Opener-Policy",
        "same-origin", "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
  }

  @Override
  public Message<byte[]> apply(Message<PageQuery> message) {
    if (message.getHeaders().get("If-None-Match") instanceof String known
        && (known.equals("*") || known.contains(opaque))) {
      Map<String, Object> unchanged = new HashMap<>(headers);
      unchanged.put("statusCode", NOT_MODIFIED);
      return new GenericMessage<>(new byte[0], unchanged);
    }
    return new GenericMessage<>(content, headers);
  }
}
