package dev.knatter.functions.sessions;

import java.util.UUID;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The input of ending a session. sessionId: of the path, not checked yet. */
public record SessionPath(@Nullable String sessionId) {
  UUID session() {
    Checks checks = new Checks();
    UUID session = checks.uuid(sessionId, "/sessionId");
    checks.done();
    if (session == null) {
      throw new InvalidRequest("/sessionId", "is required"); // cannot happen: the path always has it
    }
    return session;
  }
}
