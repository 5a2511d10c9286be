package dev.knatter.adapter.json;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts fields that arrive as text (path, query, form) into a tree, each as the JSON value which its component wants.
 * Only single values can be said as text: a component that is a list or a record is unknown here, as is every name
 * with a dot or a bracket.
 */
public final class TextFields {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,18})?");
  private static final Set<Class<?>> INTEGERS = Set.of(int.class, Integer.class, long.class, Long.class,
      short.class,
      Short.class, byte.class, Byte.class);
  private static final Set<Class<?>> DECIMALS = Set.of(double.class, Double.class, float.class, Float.class);

  private final Map<String, Class<?>> types;

  private TextFields(Map<String, Class<?>> types) {
    this.types = types;
  }

  public static TextFields of(Class<?> input) {
    Map<String, Class<?>> types = new HashMap<>();
    if (input.isRecord()) {
      for (RecordComponent component : input.getRecordComponents()) {
        types.put(name(component), component.getType());
      }
    }
    return new TextFields(Map.copyOf(types));
  }

  /** Its own, unless Java has no such name for a component, like wait: then that of its JsonProperty. */
  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }

  public Set<String> names() {
    return types.keySet();
  }

  /** Reads {@code a=1&b=2} and puts its fields into {@code target}. */
  public void putForm(String encoded, Set<String> except, ObjectNode target) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (!types.containsKey(name) || except.contains(name)) {
        throw InvalidInput.unknownField();
      }
      if (fields.put(name, value) != null) {
        throw new InvalidInput("/" + name, "must not be repeated");
      }
    }
    fields.forEach((name, value) -> put(name, value, target));
  }

  public void put(String name, String text, ObjectNode target) {
    Class<?> type = types.get(name);
    if (type == null) {
      throw InvalidInput.unknownField();
    }
    if (INTEGERS.contains(type)) {
      require(INTEGER.matcher(text).matches(), name, type);
      target.put(name, new BigInteger(text));
    } else if (DECIMALS.contains(type)) {
      require(DECIMAL.matcher(text).matches(), name, type);
      target.put(name, Double.parseDouble(text));
    } else if (type == boolean.class || type == Boolean.class) {
      require(List.of("true", "false").contains(text), name, type);
      target.put(name, text.equals("true"));
    } else if (type.isRecord() || type.isArray() || Iterable.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)) {
      throw InvalidInput.unknownField();
    } else {
      target.put(name, text);
    }
  }

  private static String decode(String text) {
    String decoded = PercentCode.decode(text.replace('+', ' '));
    if (decoded == null) {
      throw new InvalidInput("", "must be percent-encoded UTF-8");
    }
    return decoded;
  }

  private static void require(boolean valid, String name, Class<?> type) {
    if (!valid) {
      throw new InvalidInput("/" + name, Expected.by(type));
    }
  }
}
