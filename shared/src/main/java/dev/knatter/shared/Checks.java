package dev.knatter.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Collects all errors of an input, so that the caller can correct them all at once. */
public final class Checks {
  private static final Pattern UUID_TEXT = Pattern
    .compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

  private final List<FieldError> errors = new ArrayList<>();

  /** Adds an error if the condition is false. The pointer is a JSON pointer (RFC 6901) into the input. */
  public void require(boolean condition, String pointer, String detail) {
    if (!condition) {
      errors.add(new FieldError(pointer, detail));
    }
  }

  /**
   * Reads a UUID in the text form of RFC 9562 §4; {@link UUID#fromString} also accepts shorter texts. Returns null for
   * null, and adds an error and returns null for any other text.
   */
  public @Nullable UUID uuid(@Nullable String text, String pointer) {
    if (text == null) {
      return null;
    }
    boolean valid = UUID_TEXT.matcher(text).matches();
    require(valid, pointer, "must be a UUID");
    return valid ? UUID.fromString(text) : null;
  }

  /** Whether a text can be written as UTF-8, which means that every surrogate is half of a pair. */
  public static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair = Character.isHighSurrogate(unit) && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Throws InvalidRequest if there are errors. */
  public void done() {
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }
}
