package dev.knatter.chat.group;

import java.nio.ByteBuffer;
import java.util.UUID;

import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.shared.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to change a group, and under which conditions.
 *
 * @param actor    a user id
 * @param key      the Idempotency-Key of the user; null without one. The same command under the same key is one event
 * @param versions on which the caller insists
 */
public record Command(UUID actor, @Nullable String key, Versions versions) {
  /** @param request what is asked for: under one key it must be the same */
  CommandId id(Digest request) {
    Digest command = new Digest().add(actor).add(key == null ? UUID.randomUUID().toString() : key);
    return new CommandId(ByteBuffer.wrap(command.bytes()), ByteBuffer.wrap(request.bytes()));
  }
}
