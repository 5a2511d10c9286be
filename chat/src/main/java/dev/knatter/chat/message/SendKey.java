package dev.knatter.chat.message;

import java.util.UUID;

/** What makes two attempts to send one: the name under which a message can be tried again. */
public sealed interface SendKey {
  /** The client id: given, or the one to take where the key stands for none yet. */
  UUID id();

  /** A UUIDv7 that the client minted just before its first attempt, or that was minted for it. */
  record ClientId(UUID id) implements SendKey {}

  /** A text that says nothing about time: an Idempotency-Key, or the source and id of an event. */
  record Opaque(String text, UUID id) implements SendKey {}
}
