package dev.knatter.functions.sessions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.Session;
import org.jspecify.annotations.Nullable;

/** The answer. current: the session whose token asked. */
public record SessionList(List<Entry> sessions) {
  /** One of them. */
  public record Entry(UUID sessionId, @Nullable String device, Instant createdAt, Instant lastUsedAt,
      boolean current) {}

  static SessionList of(List<Session> sessions, UUID current) {
    return new SessionList(sessions.stream()
      .map(session -> new Entry(session.sessionId(), session.device(), session.createdAt(),
          session.lastUsedAt(), session.sessionId().equals(current)))
      .toList());
  }
}
