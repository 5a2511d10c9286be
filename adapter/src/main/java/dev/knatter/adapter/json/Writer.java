package dev.knatter.adapter.json;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Writes records, maps with names that are texts, collections, texts, numbers, booleans, enums, UUIDs and times as JSON
 * (RFC 8259). A component that is null is left out.
 */
final class Writer {
  /** So that what contains itself is noticed. */
  private static final int MAX_DEPTH = 64;

  private final Map<Class<?>, Accessors> accessors = new ConcurrentHashMap<>();

  /** @throws IllegalArgumentException when there is something in it that has no JSON */
  byte[] write(Object value) {
    Output out = new Output();
    write(value, out, 0);
    return out.bytes();
  }

  private void write(@Nullable Object value, Output out, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("An answer is nested too deeply");
    }
    if (value instanceof String text) {
      out.quoted(text);
    } else if (value instanceof UUID id) {
      out.id(id);
    } else if (value instanceof Enum<?> constant) {
      out.quoted(constant.name());
    } else if (value instanceof Instant time) {
      out.time(time);
    } else if (value instanceof Record) {
      record(value, out, depth);
    } else if (value instanceof Collection<?> values) {
      array(values, out, depth);
    } else if (value instanceof Map<?, ?> map) {
      object(map, out, depth);
    } else if (value == null || value instanceof Boolean || isNumber(value)) {
      out.ascii(String.valueOf(value));
    } else {
      throw new IllegalArgumentException("An answer has no JSON for a " + value.getClass().getName());
    }
  }

  /** Infinity and NaN have no JSON (§6). */
  private static boolean isNumber(Object value) {
    return value instanceof Integer || value instanceof Long
        || (value instanceof Double number && Double.isFinite(number));
  }

  private void record(Object record, Output out, int depth) {
    Accessors components = accessors.get(record.getClass());
    if (components == null) {
      components = new Accessors(record.getClass());
      accessors.put(record.getClass(), components);
    }
    components.used();
    char separator = '{';
    for (int i = 0; i < components.size(); i++) {
      Object value = components.value(i, record);
      if (value != null) {
        out.ascii(separator);
        out.ascii(components.name(i));
        write(value, out, depth + 1);
        separator = ',';
      }
    }
    out.ascii(separator == '{' ? "{}" : "}");
  }

  private void object(Map<?, ?> map, Output out, int depth) {
    char separator = '{';
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.ascii(separator);
      out.quoted((String) member.getKey());
      out.ascii(':');
      write(member.getValue(), out, depth + 1);
      separator = ',';
    }
    out.ascii(separator == '{' ? "{}" : "}");
  }

  private void array(Collection<?> values, Output out, int depth) {
    char separator = '[';
    for (Object value : values) {
      out.ascii(separator);
      write(value, out, depth + 1);
      separator = ',';
    }
    out.ascii(separator == '[' ? "[]" : "]");
  }
}
