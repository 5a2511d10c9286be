package dev.knatter.chat.message;

import java.util.UUID;

/** The key of a send. Two attempts with the same key send one message. */
public sealed interface SendKey {
  /** The client id; for another key, the one to reserve if the key has none yet. */
  UUID id();

  /** A UUIDv7 that the client minted just before its first attempt, or that the server minted for it. */
  record ClientId(UUID id) implements SendKey {}

  /** An Idempotency-Key: a text that contains no time. It belongs to the sender. */
  record Opaque(String text, UUID id) implements SendKey {}

  /** The source and the id of an event, which together name it. They belong to no user. */
  record Event(String source, String eventId, UUID id) implements SendKey {}
}
