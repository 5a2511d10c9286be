package dev.knatter.adapter.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** Makes records of trees. A value of another type than its component is refused and never converted. */
final class Binder {
  private final Map<Class<?>, RecordType> records = new ConcurrentHashMap<>();

  RecordType recordType(Class<?> type) {
    return records.computeIfAbsent(type, RecordType::new);
  }

  /** @param value null also where the field is absent */
  @Nullable
  Object bind(@Nullable Object value, FieldType field) {
    if (value == null) {
      if (field.type().isPrimitive()) {
        throw field.refused();
      }
      return field.kind() == Kind.OPTIONAL ? Optional.empty() : null;
    }
    Object bound = switch (field.kind()) {
      case TEXT -> text(value);
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case INTEGER -> value instanceof Long integer ? integer(integer, field.type()) : null;
      case DECIMAL -> value instanceof Number number ? decimal(number.doubleValue()) : null;
      case UUID -> uuid(text(value));
      case TIME -> time(text(value));
      case CONSTANT -> constant(text(value), field.type());
      case LIST -> value instanceof List<?> list ? list(list, field.inner()) : null;
      case MAP -> value instanceof Map<?, ?> map ? map(map, field.inner()) : null;
      case RECORD -> value instanceof Map<?, ?> map ? record(map, recordType(field.type())) : null;
      case OPTIONAL -> Optional.ofNullable(bind(value, field.inner()));
    };
    if (bound == null) {
      throw field.refused();
    }
    return bound;
  }

  private static @Nullable String text(Object value) {
    return value instanceof String text && Utf8.canEncode(text) ? text : null;
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

  /** RFC 9562 §4. The JDK alone also accepts 1-1-1-1-1 and signs. */
  private static @Nullable UUID uuid(@Nullable String text) {
    try {
      UUID id = text == null ? null : UUID.fromString(text);
      return id != null && id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
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

  private List<@Nullable Object> list(List<?> values, FieldType element) {
    List<@Nullable Object> list = new ArrayList<>(values.size());
    for (Object value : values) {
      try {
        list.add(bind(value, element));
      } catch (InvalidInput e) {
        throw e.under("/" + list.size());
      }
    }
    return list;
  }

  /**
   * Its keys are the caller's text, which no error repeats: the pointer of an error inside is that of the whole map.
   */
  private Map<String, @Nullable Object> map(Map<?, ?> fields, FieldType element) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = text(field.getKey());
      if (name == null) {
        throw new InvalidInput("", Kind.TEXT.expected());
      }
      try {
        map.put(name, bind(field.getValue(), element));
      } catch (InvalidInput e) {
        throw new InvalidInput("", e.errors().getFirst().detail());
      }
    }
    return map;
  }

  /**
   * Of several errors, a field that does not fit comes first, then one that is missing, and last one that is unknown.
   */
  private Object record(Map<?, ?> fields, RecordType type) {
    @Nullable
    Object[] values = new Object[type.names().size()];
    Object unknown = null;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      int index = type.names().indexOf(field.getKey());
      if (index < 0) {
        unknown = unknown == null ? field.getKey() : unknown;
      } else {
        values[index] = field(type, index, field.getValue());
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && type.types().get(i).type().isPrimitive()) {
        field(type, i, null);
      }
    }
    if (unknown != null) {
      throw InvalidInput.unknownField((String) unknown);
    }
    return type.make(values);
  }

  private @Nullable Object field(RecordType type, int index, @Nullable Object value) {
    try {
      return bind(value, type.types().get(index));
    } catch (InvalidInput e) {
      throw e.under("/" + type.names().get(index));
    }
  }
}
