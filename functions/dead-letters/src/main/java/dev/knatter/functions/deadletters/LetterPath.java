package dev.knatter.functions.deadletters;

import java.util.UUID;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The input of an operation on one letter. id: from the path, not checked yet. */
public record LetterPath(@Nullable String id) {
  UUID letter() {
    Checks checks = new Checks();
    UUID letter = checks.uuid(id, "/id");
    checks.done();
    if (letter == null) {
      throw new InvalidRequest("/id", "is required"); // cannot happen, because the path always has the id
    }
    return letter;
  }
}
