package dev.knatter.chat.deadletter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.knatter.shared.Base64Text;
import org.jspecify.annotations.Nullable;

/**
 * Why the broker gave up, in the words of <a
 * href="https://knative.dev/docs/eventing/event-delivery/#dead-letter-sink-extension-attributes">Knative's extension
 * attributes</a>. Anybody who reaches the broker can write them into an event, so they are for people to read, and
 * nothing is done by them.
 *
 * @param code        the status that the last attempt was answered with
 * @param data        the beginning of that answer
 * @param destination where the last attempt went
 */
public record DeliveryError(@Nullable Integer code, @Nullable String data, @Nullable String destination) {
  /** Four times what a broker sends. */
  private static final int LONGEST = 4_096;

  /** Reads the attributes that a broker adds to a dead letter, and removes them. */
  static DeliveryError takeFrom(Map<String, String> attributes) {
    String code = attributes.remove("knativeerrorcode");
    String data = attributes.remove("knativeerrordata");
    String destination = attributes.remove("knativeerrordest");
    return new DeliveryError(code == null || !code.matches("[0-9]{1,9}") ? null : Integer.valueOf(code),
        data == null ? null : cut(decoded(data)), destination == null ? null : cut(destination));
  }

  /**
   * Both of Knative's brokers write the answer as Base64, cut at 1,024 characters, which may cut a letter of UTF-8 in
   * two. Others write it as it is.
   */
  private static String decoded(String text) {
    return Base64Text.decode(text)
      .map(DeliveryError::beginningOfText)
      .filter(decoded -> !decoded.isEmpty())
      .orElse(text);
  }

  /** The text in UTF-8 without a letter that was cut at its end; empty where the bytes are no text. */
  private static String beginningOfText(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, /* endOfInput= */ false);
    return result.isError() ? "" : text.flip().toString();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
