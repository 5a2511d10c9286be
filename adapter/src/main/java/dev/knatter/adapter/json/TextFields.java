package dev.knatter.adapter.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Puts fields that arrive as text (path, query, form) into a tree, each as the JSON value which its component wants.
 * Only single values can be said as text: a component that is a list or a record is unknown here, as is every name
 * with a dot or a bracket.
 */
public final class TextFields {
  private static final List<String> BOOLEANS = List.of("true", "false");

  private final Map<String, Slot> slots = new HashMap<>();

  /** @param input whose fields these are; none where it is null */
  TextFields(@Nullable Shape input) {
    if (input != null) {
      for (int i = 0; i < input.names().size(); i++) {
        slots.put(input.names().get(i), input.slots().get(i));
      }
    }
  }

  public Set<String> names() {
    return slots.keySet();
  }

  /** Reads {@code a=1&b=2} and puts its fields into {@code target}. */
  public void putForm(String encoded, Set<String> except, Map<String, @Nullable Object> target) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (!slots.containsKey(name) || except.contains(name)) {
        throw InvalidInput.unknownField(name);
      }
      if (fields.put(name, value) != null) {
        throw new InvalidInput("/" + name, "must not be repeated");
      }
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      put(field.getKey(), field.getValue(), target);
    }
  }

  /** The name of the first field of {@code a=1&b=2}. */
  public static String firstName(String encoded) {
    return decode(encoded.split("[&=]", 2)[0]);
  }

  public void put(String name, String text, Map<String, @Nullable Object> target) {
    Slot slot = slots.get(name);
    if (slot == null || !slot.kind().isSingle()) {
      throw InvalidInput.unknownField(name);
    }
    Object value = switch (slot.kind()) {
      case INTEGER -> Parser.number(text) instanceof Long integer ? integer : null;
      case DECIMAL -> text.indexOf('e') < 0 && text.indexOf('E') < 0 ? Parser.number(text) : null;
      case BOOLEAN -> BOOLEANS.contains(text) ? Boolean.valueOf(text) : null;
      default -> text;
    };
    if (value == null) {
      throw slot.refused().under("/" + name);
    }
    target.put(name, value);
  }

  private static String decode(String text) {
    String decoded = PercentCode.decode(text.replace('+', ' '));
    if (decoded == null) {
      throw new InvalidInput("", "must be percent-encoded UTF-8");
    }
    return decoded;
  }
}
