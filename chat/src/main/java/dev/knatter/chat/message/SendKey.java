package dev.knatter.chat.message;

import java.util.UUID;

/** The key of a send. Two attempts with the same key send one message. */
public sealed interface SendKey {
  /** The client id; for an opaque key, the one to reserve if the key has none yet. */
  UUID id();

  /** A UUIDv7 that the client minted just before its first attempt, or that the server minted for it. */
  record ClientId(UUID id) implements SendKey {}

  /** A text that contains no time: an Idempotency-Key, or the source and id of an event. */
  record Opaque(String text, UUID id) implements SendKey {}
}
