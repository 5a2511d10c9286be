package dev.knatter.adapter.json;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Says in a caller's words what a Java type wants. */
final class Expected {
  private Expected() {}

  static String by(@Nullable Class<?> type) {
    if (type == null) {
      return "is not valid";
    }
    if (type == String.class) {
      return "must be a string of valid Unicode";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "must be true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class
        || type == short.class
        || type == Short.class || type == byte.class || type == Byte.class) {
      return "must be an integer in range";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "must be a number in range";
    }
    if (type == UUID.class) {
      return "must be a UUID";
    }
    if (type == Instant.class) {
      return "must be an RFC 3339 time";
    }
    if (type.isEnum()) {
      return "must be one of the known values";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "must be an array";
    }
    if (type.isRecord() || Map.class.isAssignableFrom(type)) {
      return "must be an object";
    }
    return "is not valid";
  }
}
