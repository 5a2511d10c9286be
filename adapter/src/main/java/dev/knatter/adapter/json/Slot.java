package dev.knatter.adapter.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * The place for a value of an input.
 *
 * @param element what is in a list, a map or an optional; otherwise null
 */
record Slot(Kind kind, Class<?> type, @Nullable Slot element) {

  static Slot of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
        && !raw.isRecord()) {
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == java.util.Map.class && arguments[0] != String.class) {
        throw new IllegalArgumentException("No JSON object has other names than texts: " + type);
      }
      return new Slot(Kind.of(raw), raw, of(arguments[arguments.length - 1]));
    }
    if (type instanceof Class<?> plain && plain.getTypeParameters().length == 0) {
      return new Slot(Kind.of(plain), plain, null);
    }
    throw new IllegalArgumentException("No input can have a " + type);
  }

  Slot inner() {
    if (element == null) {
      throw new IllegalStateException("nothing is inside of " + type);
    }
    return element;
  }

  InvalidInput refused() {
    return new InvalidInput("", kind.expected());
  }
}
