package dev.knatter.functions.sessions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.Session;
import org.jspecify.annotations.Nullable;

/** The answer: the caller's sessions, the newest first. */
public record SessionList(List<Entry> sessions) {
  /** A session. device: the device's name; current: whether the request used this session's token. */
  public record Entry(UUID sessionId, @Nullable String device, Instant createdAt, Instant lastUsedAt,
      boolean current) {}

  static SessionList of(List<Session> sessions, UUID current) {
    return new SessionList(sessions.stream()
      .map(session -> new Entry(session.sessionId(), session.device(), session.createdAt(),
          session.lastUsedAt(), session.sessionId().equals(current)))
      .toList());
  }
}
