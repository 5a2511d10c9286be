package dev.knatter.functions.account;

import java.util.UUID;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The input of a report. erasureId: of the path, not checked yet. */
public record ErasureQuery(@Nullable String erasureId) {
  UUID id() {
    Checks checks = new Checks();
    UUID id = checks.uuid(erasureId, "/erasureId");
    checks.done();
    if (id == null) {
      throw new InvalidRequest("/erasureId", "is required"); // cannot happen: the path always has it
    }
    return id;
  }
}
