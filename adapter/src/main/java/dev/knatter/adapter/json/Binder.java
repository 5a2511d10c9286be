package dev.knatter.adapter.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** Makes records of trees. A value of another type than its component is refused, never converted. */
final class Binder {
  private static final String UUID_FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

  /** Known from the first time on. */
  Shape shape(Class<?> type) {
    Shape shape = shapes.get(type);
    if (shape == null) {
      shape = new Shape(type);
      shapes.put(type, shape);
    }
    return shape;
  }

  /** Whatever is null: absent, or said to be. */
  @Nullable
  Object bind(@Nullable Object value, Slot slot) {
    if (value == null) {
      if (slot.type().isPrimitive()) {
        throw slot.refused();
      }
      return slot.kind() == Kind.OPTIONAL ? Optional.empty() : null;
    }
    Object bound = switch (slot.kind()) {
      case TEXT -> text(value);
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case INTEGER -> value instanceof Long integer ? integer(integer, slot.type()) : null;
      case DECIMAL -> value instanceof Number number ? decimal(number.doubleValue()) : null;
      case UUID -> uuid(text(value));
      case TIME -> time(text(value));
      case CONSTANT -> constant(text(value), slot.type());
      case LIST -> value instanceof List<?> list ? list(list, slot.inner()) : null;
      case MAP -> value instanceof Map<?, ?> map ? map(map, slot.inner()) : null;
      case RECORD -> value instanceof Map<?, ?> map ? record(map, shape(slot.type())) : null;
      case OPTIONAL -> Optional.ofNullable(bind(value, slot.inner()));
    };
    if (bound == null) {
      throw slot.refused();
    }
    return bound;
  }

  private static @Nullable String text(Object value) {
    return value instanceof String text && !Utf8.hasUnpairedSurrogate(text) ? text : null;
  }

  private static @Nullable Object integer(long value, Class<?> type) {
    if (type == long.class || type == Long.class) {
      return value;
    }
    return value == (int) value ? Integer.valueOf((int) value) : null;
  }

  private static @Nullable Double decimal(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** RFC 9562 §4. By itself the JDK takes 1-1-1-1-1 as well, and signs. */
  private static @Nullable UUID uuid(@Nullable String text) {
    if (text == null || text.length() != UUID_FORM.length()) {
      return null;
    }
    for (int i = 0; i < UUID_FORM.length(); i++) {
      char c = text.charAt(i);
      if (UUID_FORM.charAt(i) == '-' ? c != '-' : !HexFormat.isHexDigit(c)) {
        return null;
      }
    }
    return UUID.fromString(text);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Object constant(@Nullable String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    return null;
  }

  private List<@Nullable Object> list(List<?> values, Slot slot) {
    List<@Nullable Object> list = new ArrayList<>(values.size());
    for (Object value : values) {
      try {
        list.add(bind(value, slot));
      } catch (InvalidInput e) {
        throw e.under("/" + list.size());
      }
    }
    return list;
  }

  /** Its names are the caller's own text, so whatever is wrong inside is told of the whole. */
  private Map<String, @Nullable Object> map(Map<?, ?> fields, Slot slot) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = text(field.getKey());
      if (name == null) {
        throw new InvalidInput("", Kind.TEXT.expected());
      }
      try {
        map.put(name, bind(field.getValue(), slot));
      } catch (InvalidInput e) {
        throw new InvalidInput("", e.errors().getFirst().detail());
      }
    }
    return map;
  }

  /** Tells of the first field that does not fit, then of the first that is missing, and last of one that is unknown. */
  private Object record(Map<?, ?> fields, Shape shape) {
    @Nullable
    Object[] values = new Object[shape.names().size()];
    Object unknown = null;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      int index = shape.names().indexOf(field.getKey());
      if (index < 0) {
        unknown = unknown == null ? field.getKey() : unknown;
      } else {
        values[index] = field(shape, index, field.getValue());
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && shape.slots().get(i).type().isPrimitive()) {
        field(shape, i, null);
      }
    }
    if (unknown != null) {
      throw InvalidInput.unknownField((String) unknown);
    }
    return shape.make(values);
  }

  private @Nullable Object field(Shape shape, int index, @Nullable Object value) {
    try {
      return bind(value, shape.slots().get(index));
    } catch (InvalidInput e) {
      throw e.under("/" + shape.names().get(index));
    }
  }
}
