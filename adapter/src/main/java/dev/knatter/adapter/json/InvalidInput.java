package dev.knatter.adapter.json;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * The input is not what the function takes. Its message is safe to log: nothing of the input is in it. Its errors are safe to
 * send: of the input they hold at most the name of an unknown field.
 */
public final class InvalidInput extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1;

  private final transient List<FieldError> errors;

  public InvalidInput(String pointer, String detail) {
    this(List.of(new FieldError(pointer, detail)));
  }

  public InvalidInput(List<FieldError> errors) {
    // No cause and no stack trace: a parser's own exceptions quote the input, and callers produce these at will.
    super("The input is not valid", null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** @param name as the caller sent it, so that they see which field they mistyped */
  public static InvalidInput unknownField(String name) {
    return new InvalidInput("/" + PointerToken.of(name), "is an unknown field");
  }

  /** The same errors for an input that is a member of something larger. */
  public InvalidInput under(String pointer) {
    List<FieldError> moved = new ArrayList<>(errors.size());
    for (FieldError error : errors) {
      moved.add(new FieldError(pointer + error.pointer(), error.detail()));
    }
    return new InvalidInput(moved);
  }

  public List<FieldError> errors() {
    return errors;
  }
}
