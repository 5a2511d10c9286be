package dev.knatter.adapter.json;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of values that an input can have, each with the words that tell a caller what is expected. */
enum Kind {
  TEXT("must be a string of valid Unicode"),
  BOOLEAN("must be true or false"),
  INTEGER("must be an integer in range"),
  DECIMAL("must be a number in range"),
  UUID("must be a UUID"),
  TIME("must be an RFC 3339 time"),
  CONSTANT("must be one of the known values"),
  LIST("must be an array"),
  MAP("must be an object"),
  RECORD("must be an object"),
  /** Null where the field is absent, empty where the caller sent null. */
  OPTIONAL("is not valid");

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  String expected() {
    return expected;
  }

  /** Whether its values can be written as text, in a path, a query or a form. */
  boolean isSingle() {
    return this != LIST && this != MAP && this != RECORD;
  }

  static Kind of(Class<?> type) {
    if (type == String.class) {
      return TEXT;
    }
    if (type == boolean.class || type == Boolean.class) {
      return BOOLEAN;
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return INTEGER;
    }
    if (type == double.class || type == Double.class) {
      return DECIMAL;
    }
    if (type == java.util.UUID.class) {
      return UUID;
    }
    if (type == Instant.class) {
      return TIME;
    }
    if (type.isEnum()) {
      return CONSTANT;
    }
    if (type == List.class) {
      return LIST;
    }
    if (type == Map.class) {
      return MAP;
    }
    if (type.isRecord()) {
      return RECORD;
    }
    if (type == Optional.class) {
      return OPTIONAL;
    }
    throw new IllegalArgumentException("No input can have a " + type.getName());
  }
}
