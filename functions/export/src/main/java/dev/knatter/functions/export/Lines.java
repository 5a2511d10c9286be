package dev.knatter.functions.export;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.knatter.core.account.Bindings.Subject;
import dev.knatter.core.account.DeviceKey;
import dev.knatter.core.account.Session;
import dev.knatter.core.message.NamedMessage;
import org.jspecify.annotations.Nullable;

/** The lines of an export. Each says what it is of. */
final class Lines {
  private Lines() {}

  /** The first. */
  record Head(String type, String format, int version, UUID userId, Instant startedAt) {
    Head(UUID userId, Instant startedAt) {
      this("export", "knatter-export", 1, userId, startedAt);
    }
  }

  /** What he has said of himself. */
  record ProfileLine(String type, UUID userId, String username, @Nullable String displayName,
      @Nullable String phoneNumber, Instant createdAt) {}

  /** One of his public keys. */
  record KeyLine(String type, @JsonUnwrapped DeviceKey key) {
    KeyLine(DeviceKey key) {
      this("publicKey", key);
    }
  }

  /** One of his open sessions, without what would open it. */
  record SessionLine(String type, @JsonUnwrapped Session session) {
    SessionLine(Session session) {
      this("session", session);
    }
  }

  /** Whom he has blocked. username: absent where that one was erased. */
  record BlockLine(String type, UUID userId, @Nullable String username) {
    BlockLine(UUID userId, @Nullable String username) {
      this("block", userId, username);
    }
  }

  /** Who he is at an outside issuer. */
  record IdentityLine(String type, @JsonUnwrapped Subject subject) {
    IdentityLine(Subject subject) {
      this("outsideIdentity", subject);
    }
  }

  /** A message that he sent or received. */
  record MessageLine(String type, @JsonUnwrapped NamedMessage message) {
    MessageLine(NamedMessage message) {
      this("message", message);
    }
  }

  /** Where to go on if what follows does not arrive. */
  record CursorLine(String type, String after) {
    CursorLine(String after) {
      this("cursor", after);
    }
  }

  /** The last, without which something is missing. messages: how many lines of them this answer has. */
  record End(String type, long messages) {
    End(long messages) {
      this("end", messages);
    }
  }
}
