package dev.knatter.adapter.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * The type of an input or of a part of it.
 *
 * @param element the type of what is in a list, a map or an Optional; otherwise null
 */
record FieldType(Kind kind, Class<?> type, @Nullable FieldType element) {

  /** @throws IllegalArgumentException when no input can have that type */
  static FieldType of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
        && !raw.isRecord()) {
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == java.util.Map.class && arguments[0] != String.class) {
        throw new IllegalArgumentException(
            "The keys of a JSON object are strings, so no input can have a " + type);
      }
      return new FieldType(Kind.of(raw), raw, of(arguments[arguments.length - 1]));
    }
    if (type instanceof Class<?> plain && plain.getTypeParameters().length == 0) {
      return new FieldType(Kind.of(plain), plain, null);
    }
    throw new IllegalArgumentException("No input can have a " + type);
  }

  FieldType inner() {
    if (element == null) {
      throw new IllegalStateException("A " + type + " has no elements");
    }
    return element;
  }

  InvalidInput refused() {
    return new InvalidInput("", kind.expected());
  }
}
