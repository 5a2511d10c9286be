package dev.knatter.chat.event;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.shared.Base64Text;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;

/** The sources whose events are accepted. There are none unless the operator configures some. */
public final class EventSources {
  private static final String VARIABLE = "KNATTER_EVENT_SOURCES";

  private final List<EventSource> all;

  private EventSources(List<EventSource> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads the secret KNATTER_EVENT_SOURCES.
   *
   * @throws IllegalStateException if it is not as documented; the message names what is wrong and never a key
   */
  public static EventSources from(Env env) {
    env.findSecret(VARIABLE).ifPresent(EventSources::requireJson);
    return new EventSources(env.findSecretObject(VARIABLE).map(EventSources::read).orElse(List.of()));
  }

  /** The parser that reads it is lenient: of two members with one name the last would count. */
  private static void requireJson(String text) {
    try {
      byte[] _ = CanonicalJson.of(text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidRequest e) {
      throw Env.unfit(VARIABLE, "JSON without repeated names");
    }
  }

  private static List<EventSource> read(Map<String, Object> file) {
    if (!(file.get("sources") instanceof List<?> sources) || file.size() != 1) {
      throw Env.unfit(VARIABLE, "an object with the member sources, which is an array");
    }
    List<EventSource> read = new ArrayList<>();
    for (Object source : sources) {
      String pointer = "/sources/" + read.size();
      read.add(new SourceEntry(source, wrong -> Env.unfit(VARIABLE, wrong + " at " + pointer)).read());
    }
    return read;
  }

  /** The text of a configuration with one source, which has a new key and may do everything for everybody. */
  public static String template(String name) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return """
        {"sources": [{"source": "%s", "key": "%s", "types": [%s], "users": ["*"]}]}
        """.formatted(name, Base64Text.encode(key),
        Stream.of(CommandType.values())
          .map(type -> '"' + type.text() + '"')
          .collect(Collectors.joining(", ")));
  }

  /** The entries of a source, in the order of the configuration; one for each of its keys. */
  public List<EventSource> of(String name) {
    return all.stream().filter(source -> source.name().equals(name)).toList();
  }

  /** All entries, in the order of the configuration. */
  public List<EventSource> all() {
    return all;
  }
}
