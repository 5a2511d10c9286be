package dev.knatter.adapter.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Puts fields that arrive as text (path, query, form) into a tree, each as the JSON value that its component needs.
 * Text can only hold single values: a component that is a list, a map or a record is an unknown field here, and so is every
 * name with a dot or a bracket.
 */
public final class TextFields {
  private static final List<String> BOOLEANS = List.of("true", "false");
  /** As JSON has it (RFC 8259 §6). */
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  /** The same, without an exponent. */
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  private final Map<String, FieldType> types = new HashMap<>();

  /** @param input the record whose fields these are; null for an input that has no fields */
  TextFields(@Nullable RecordType input) {
    if (input != null) {
      for (int i = 0; i < input.names().size(); i++) {
        types.put(input.names().get(i), input.types().get(i));
      }
    }
  }

  public Set<String> names() {
    return types.keySet();
  }

  /** Reads {@code a=1&b=2} and puts its fields into {@code target}. */
  public void putForm(String encoded, Set<String> except, Map<String, @Nullable Object> target) {
    Map<String, String> fields = new LinkedHashMap<>();
    forEach(encoded, (name, value) -> {
      if (!types.containsKey(name) || except.contains(name)) {
        throw InvalidInput.unknownField(name);
      }
      if (fields.put(name, value) != null) {
        throw new InvalidInput("/" + name, "must not be repeated");
      }
    });
    for (Map.Entry<String, String> field : fields.entrySet()) {
      put(field.getKey(), field.getValue(), target);
    }
  }

  /** All fields of {@code a=1&b=2}, whatever their names are. */
  public static Map<String, String> all(String encoded) {
    Map<String, String> fields = new LinkedHashMap<>();
    forEach(encoded, (name, value) -> {
      if (fields.put(name, value) != null) {
        throw new InvalidInput("", "has a field twice");
      }
    });
    return fields;
  }

  /** Hands over the name and the value of each field of {@code a=1&b=2}, one after the other. */
  private static void forEach(String encoded, BiConsumer<String, String> field) {
    for (String pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        field.accept(decode(equals < 0 ? pair : pair.substring(0, equals)),
            decode(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
  }

  /** The name of the first field of {@code a=1&b=2}. */
  public static String firstName(String encoded) {
    return decode(encoded.split("[&=]", 2)[0]);
  }

  public void put(String name, String text, Map<String, @Nullable Object> target) {
    FieldType type = types.get(name);
    if (type == null || !type.kind().isSingle()) {
      throw InvalidInput.unknownField(name);
    }
    Object value = switch (type.kind()) {
      case INTEGER -> integer(text);
      case DECIMAL -> DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
      case BOOLEAN -> BOOLEANS.contains(text) ? Boolean.valueOf(text) : null;
      default -> text;
    };
    if (value == null) {
      throw type.refused().under("/" + name);
    }
    target.put(name, value);
  }

  private static @Nullable Long integer(String text) {
    try {
      return INTEGER.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException e) {
      return null; // just too large for a long
    }
  }

  private static String decode(String text) {
    String decoded = PercentEncoding.decode(text.replace('+', ' '));
    if (decoded == null) {
      throw new InvalidInput("", "must be percent-encoded UTF-8");
    }
    return decoded;
  }
}
