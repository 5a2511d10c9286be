package dev.knatter.chat.event;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.knatter.chat.account.Username;
import dev.knatter.shared.Base64Text;
import dev.knatter.shared.Hmac;

/** Reads one entry of the configured sources. Its errors say what is expected and quote nothing. */
final class SourceEntry {
  private static final Set<String> MEMBERS = Set.of("source", "key", "types", "users");
  private static final int MIN_KEY = 32;

  private final Map<?, ?> entry;
  private final Function<String, IllegalStateException> wrong;

  /** @param wrong makes the error that says what must be there instead */
  SourceEntry(Object entry, Function<String, IllegalStateException> wrong) {
    if (!(entry instanceof Map<?, ?> members) || !members.keySet().equals(MEMBERS)) {
      throw wrong.apply("an object with the members source, key, types and users, and no others,");
    }
    this.entry = members;
    this.wrong = wrong;
  }

  EventSource read() {
    String name = Optional.ofNullable(entry.get("source"))
      .filter(value -> value instanceof String text && !text.isBlank())
      .map(String.class::cast)
      .orElseThrow(() -> wrong.apply("text as source"));
    byte[] key = Optional.ofNullable(entry.get("key"))
      .filter(String.class::isInstance)
      .flatMap(text -> Base64Text.decode((String) text))
      .filter(bytes -> bytes.length >= MIN_KEY)
      .orElseThrow(() -> wrong.apply("32 bytes or more in base64 as key"));
    return new EventSource(name, new Hmac(key),
        values("types", CommandType::of, "an array of the types " + CommandType.texts()),
        values("users", SourceEntry::user, "an array of usernames, or of \"*\" for all,"));
  }

  private <T> Set<T> values(String member, Function<Object, Optional<T>> read, String expected) {
    Set<T> values = new HashSet<>();
    for (Object value : entry.get(member) instanceof List<?> list ? list : List.of("")) {
      values.add(read.apply(value).orElseThrow(() -> wrong.apply(expected + " as " + member)));
    }
    return values;
  }

  private static Optional<String> user(Object value) {
    return EventSource.EVERYBODY.equals(value)
        ? Optional.of(EventSource.EVERYBODY)
        : Username.parse(value instanceof String text ? text : null).map(Username::value);
  }
}
