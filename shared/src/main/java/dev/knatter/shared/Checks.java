package dev.knatter.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Collects all that is wrong with an input, so that a caller can correct everything at once. */
public final class Checks {
  private static final Pattern UUID_TEXT = Pattern
    .compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

  private final List<FieldError> errors = new ArrayList<>();

  /** Notes an error where the condition does not hold. */
  public void require(boolean condition, String pointer, String detail) {
    if (!condition) {
      errors.add(new FieldError(pointer, detail));
    }
  }

  /** A UUID in its usual text form (RFC 9562 §4), which {@link UUID#fromString} is more lenient about; or absent. */
  public @Nullable UUID uuid(@Nullable String text, String pointer) {
    if (text == null) {
      return null;
    }
    boolean valid = UUID_TEXT.matcher(text).matches();
    require(valid, pointer, "must be a UUID");
    return valid ? UUID.fromString(text) : null;
  }

  /** Whether a text can be written as UTF-8: every surrogate has its other half. */
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

  /** Refuses the input if anything was noted. */
  public void done() {
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }
}
