package dev.knatter.functions.account;

import java.util.UUID;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Which erasure the path names, as it came. */
public record ErasureQuery(@Nullable String erasureId) {
  UUID id() {
    Checks checks = new Checks();
    UUID id = checks.uuid(erasureId, "/erasureId");
    checks.done();
    if (id == null) {
      throw new InvalidRequest("/erasureId", "is required"); // never by a path
    }
    return id;
  }
}
