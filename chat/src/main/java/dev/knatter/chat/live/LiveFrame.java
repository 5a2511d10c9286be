package dev.knatter.chat.live;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageView;
import org.jspecify.annotations.Nullable;

/**
 * A frame that the server sends over a held connection: a JSON object. docs/asyncapi.yaml describes all of them. The bell adds
 * {@code epoch} and {@code sequence} to those that it numbers.
 */
public sealed interface LiveFrame {
  /** The member {@code type}. */
  String type();

  /** The first frame. sequence: the last number of the user; epoch and sequence are null if Redis is away */
  record Hello(String type, UUID userId, String username, UUID sessionId, @Nullable String epoch,
      @Nullable Long sequence, Instant serverTime, Instant until) implements LiveFrame {
    public static Hello of(UUID userId, String username, UUID sessionId, @Nullable Numbers numbers,
        Instant serverTime, Instant until) {
      return new Hello("hello", userId, username, sessionId, numbers == null ? null : numbers.epoch(),
          numbers == null ? null : numbers.sequence(), serverTime, until);
    }
  }

  /** A message in its present state. type: what has happened to it; cursor: only if it was read from the inbox */
  record MessageFrame(String type, MessageView message, @Nullable String cursor) implements LiveFrame {
    static final String SENT = "message";
    static final String EDITED = "edited";
    static final String DELETED = "deleted";
    static final String REACTION = "reaction";

    /** A message that was read from the inbox, which does not say what has happened to it last. */
    public static MessageFrame read(MessageView message, @Nullable String cursor) {
      String type = message.deletedAt() != null
          ? DELETED
          : message.version() > Message.FIRST_VERSION ? EDITED : SENT;
      return new MessageFrame(type, message, cursor);
    }
  }

  /** Somebody has read a conversation up to a message. */
  record Read(String type, UUID conversationId, String username, UUID upTo) implements LiveFrame {
    static Read of(UUID conversationId, String username, UUID upTo) {
      return new Read("read", conversationId, username, upTo);
    }
  }

  /** A conversation has changed: whoever shows it reads it again. */
  record ConversationFrame(String type, UUID conversationId, @Nullable Integer version, String change)
      implements
        LiveFrame {
    static ConversationFrame of(UUID conversationId, @Nullable Integer version, String change) {
      return new ConversationFrame("conversation", conversationId, version, change);
    }
  }

  /** Somebody is writing a message. Valid for six seconds. */
  record Typing(String type, UUID conversationId, String username) implements LiveFrame {
    static Typing of(UUID conversationId, String username) {
      return new Typing("typing", conversationId, username);
    }
  }

  /** Somebody came or went. online is valid for five minutes. */
  record PresenceFrame(String type, String username, boolean online, @Nullable Instant lastSeen)
      implements
        LiveFrame {
    static PresenceFrame of(String username, boolean online, @Nullable Instant lastSeen) {
      return new PresenceFrame("presence", username, online, lastSeen);
    }
  }

  /** A message of this client is stored. message: as POST /v1/send answers */
  record Ack(String type, String clientId, Object message) implements LiveFrame {
    public static Ack of(String clientId, Object message) {
      return new Ack("ack", clientId, message);
    }
  }

  /** A frame of this client was refused. problem: RFC 9457 */
  record ErrorFrame(String type, @Nullable String clientId,
      Map<String, Object> problem) implements LiveFrame {
    public static ErrorFrame of(@Nullable String clientId, Map<String, Object> problem) {
      return new ErrorFrame("error", clientId, problem);
    }
  }

  /** The end of a page of what was missed. */
  record Sync(String type, String cursor, boolean more) implements LiveFrame {
    public static Sync of(String cursor, boolean more) {
      return new Sync("sync", cursor, more);
    }
  }

  /** The last frame. afterMillis: how long the client waits before it connects again */
  record Bye(String type, String reason, @Nullable Long afterMillis) implements LiveFrame {
    public static final Bye REVOKED = of("revoked");
    public static final Bye EXPIRED = of("expired");
    public static final Bye ERASED = of("erased");
    public static final Bye SLOW = of("slow");
    public static final Bye TOO_MANY = of("too-many");

    private static Bye of(String reason) {
      return new Bye("bye", reason, null);
    }

    public static Bye reconnect(long afterMillis) {
      return new Bye("bye", "reconnect", afterMillis);
    }
  }

  /** The numbers of a user's frames. epoch: another one means that numbers were lost; sequence: of the last frame */
  record Numbers(String epoch, long sequence) {}

  /** Writes frames as JSON. */
  @FunctionalInterface
  interface Writer {
    /** The JSON object, in UTF-8. */
    byte[] write(LiveFrame frame);
  }
}
