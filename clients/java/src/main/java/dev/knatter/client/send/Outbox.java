package dev.knatter.client.send;

import java.util.List;
import java.util.UUID;

/**
 * Where messages wait until they are answered. What a method has changed survives whatever the implementation promises to
 * survive, when the method returns: a message that was tried under one clientId and is tried again under another one is two
 * messages.
 */
public interface Outbox extends AutoCloseable {
  /** All entries, in the order in which they were added. */
  List<OutboxEntry> entries();

  OutboxEntry add(UUID userId, Draft draft);

  /** Replaces the entry of this number. */
  void update(OutboxEntry entry);

  void remove(OutboxEntry entry);

  @Override
  void close();
}
