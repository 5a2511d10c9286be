package dev.knatter.tools;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.event.EventSource;
import dev.knatter.chat.event.EventSources;
import dev.knatter.shared.Base64Text;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;

/**
 * What {@code ./knatter event} was told to send.
 *
 * @param sink where it is posted
 * @param data the bytes of a JSON object
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares options
record EventOptions(URI sink, String source, Hmac key, String type, String id, byte[] data) {
  static final String USAGE = """
      usage: ./knatter event --type TYPE --data JSON|- [OPTION...]

        signs an event and posts it, prints the status of the answer and the event, and fails unless it was accepted

        --type TYPE       %s
        --data JSON       a JSON object; - reads it from the standard input
        --sink URL        where to post it (K_SINK, or the broker of ./knatter dev)
        --key-file FILE   the configured sources, or one key in base64 (KNATTER_EVENT_SOURCES_FILE, or
                          event-sources.json among the keys of ./knatter dev)
        --source SOURCE   who signs (the first of the configured sources)
        --id ID           sent again, it is the same event (a new one)""";

  private static final List<String> NAMES = List.of("--type", "--data", "--sink", "--key-file", "--source",
      "--id");

  /** An option for each of the types. */
  static String usage() {
    return USAGE
      .formatted(String.join(" or ", List.of(CommandType.values()).stream().map(CommandType::text).toList()));
  }

  /** @throws IllegalArgumentException with what is wrong */
  static EventOptions parse(List<String> words, Env env) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("There is no option " + name + ".");
      }
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(name + " needs a value.");
      }
      given.put(name, words.get(i + 1));
    }
    Signer signer = Signer.of(keyFile(given, env), Optional.ofNullable(given.get("--source")));
    String data = required(given, "--data");
    return new EventOptions(sink(given, env), signer.source(), signer.key(), required(given, "--type"),
        given.getOrDefault("--id", UUID.randomUUID().toString()),
        data.equals("-") ? System.in.readAllBytes() : data.getBytes(StandardCharsets.UTF_8));
  }

  private static String required(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name))
      .orElseThrow(() -> new IllegalArgumentException(name + " is missing."));
  }

  private static URI sink(Map<String, String> given, Env env) {
    String local = "http://127.0.0.1:" + (Integer.parseInt(env.get("KNATTER_PORT", "8080")) + 1)
        + "/knatter/default";
    return URI.create(given.getOrDefault("--sink", env.get("K_SINK", local)));
  }

  private static Path keyFile(Map<String, String> given, Env env) {
    return Optional.ofNullable(given.get("--key-file"))
      .map(Path::of)
      .or(() -> env.findPath("KNATTER_EVENT_SOURCES_FILE"))
      .orElseGet(() -> Path.of(env.get("KNATTER_DATA", ".knatter"), "keys", "event-sources.json"));
  }

  /** A source and its key. */
  private record Signer(String source, Hmac key) {
    static Signer of(Path file, Optional<String> source) {
      String text = read(file);
      if (!text.startsWith("{")) {
        return new Signer(
            source
              .orElseThrow(() -> new IllegalArgumentException("--source is missing: " + file + " is a key.")),
            Base64Text.decode(text)
              .map(Hmac::new)
              .orElseThrow(() -> new IllegalArgumentException(file + " is no key in base64.")));
      }
      EventSources sources = EventSources.from(Env.of(Map.of("KNATTER_EVENT_SOURCES", text)));
      return source.map(sources::of)
        .orElseGet(sources::all)
        .stream()
        .findFirst()
        .map((EventSource first) -> new Signer(first.name(), first.key()))
        .orElseThrow(() -> new IllegalArgumentException(file + " has no such source."));
    }

    private static String read(Path file) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            file + " cannot be read. ./knatter dev makes one; or name one: --key-file");
      }
    }
  }
}
