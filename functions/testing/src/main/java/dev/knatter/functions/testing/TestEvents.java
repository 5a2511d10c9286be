package dev.knatter.functions.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.event.EventSignature;
import dev.knatter.shared.Hmac;

/** Signed events of the sources that an {@link Installation} allows, as headers for {@link Pod#post}. */
public final class TestEvents {
  /** A source that may do everything for everybody. */
  public static final String SOURCE = "/test";
  /** A source that may do everything, but only for the user {@link #BOT}. */
  public static final String LIMITED = "/limited";
  public static final String BOT = "limited-bot";

  private static final String KEY = "dGhlIGtleSBvZiB0aGUgc291cmNlcyBpbiB0ZXN0cyE=";
  static final String CONFIGURATION = """
      {"sources": [{"source": "%s", "key": "%s", "types": ["%s", "%s"], "users": ["*"]},
        {"source": "%s", "key": "%s", "types": ["%s", "%s"], "users": ["%s"]}]}
      """.formatted(SOURCE, KEY, CommandType.SEND.text(), CommandType.ERASE.text(), LIMITED, KEY,
      CommandType.SEND.text(), CommandType.ERASE.text(), BOT);

  private TestEvents() {}

  /** The attributes of an event of the present, which its source has signed, by their names. */
  public static Map<String, String> signed(String source, CommandType type, String id, String data) {
    Instant now = Instant.now();
    Hmac key = new Hmac(Base64.getDecoder().decode(KEY));
    return Map.of("specversion", "1.0", "id", id, "source", source, "type", type.text(), "time",
        now.toString(), EventSignature.ATTRIBUTE,
        EventSignature.sign(key, id, source, type.text(), now, data.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a signed event in binary mode. */
  public static Answer post(Pod pod, String source, CommandType type, String id, String data) {
    return post(pod, signed(source, type, id, data), data);
  }

  /** Sends an event with these attributes in binary mode. */
  public static Answer post(Pod pod, Map<String, String> attributes, String data) {
    return pod.post("/", data, attributes.entrySet()
      .stream()
      .flatMap(attribute -> Stream.of("ce-" + attribute.getKey(), attribute.getValue()))
      .toArray(String[]::new));
  }
}
