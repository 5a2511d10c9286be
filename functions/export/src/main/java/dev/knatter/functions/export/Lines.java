package dev.knatter.functions.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.Bindings.Subject;
import dev.knatter.chat.account.DeviceKey;
import dev.knatter.chat.account.Session;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.StoredLetter;
import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.reaction.ReactionView;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.webhook.Webhook;
import dev.knatter.shared.Base64Text;
import org.jspecify.annotations.Nullable;

/** The lines of an export. The member {@code type} of a line names its kind. */
final class Lines {
  private Lines() {}

  /** The first line. */
  record Head(String type, String format, int version, UUID userId, Instant startedAt) {
    Head(UUID userId, Instant startedAt) {
      this("export", "knatter-export", 1, userId, startedAt);
    }
  }

  /** The user's profile. */
  record ProfileLine(String type, UUID userId, String username, @Nullable String displayName,
      @Nullable String phoneNumber, boolean readReceipts, boolean showLastSeen, Instant createdAt) {}

  /** A public key of the user. */
  record KeyLine(String type, String keyId, String algorithm, String publicKey, @Nullable String device) {
    KeyLine(DeviceKey key) {
      this("publicKey", key.keyId(), key.algorithm(), key.publicKey(), key.device());
    }
  }

  /** An open session of the user, without its tokens. */
  record SessionLine(String type, UUID sessionId, @Nullable String device, @Nullable String address,
      Instant createdAt, Instant lastUsedAt) {
    SessionLine(Session session) {
      this("session", session.sessionId(), session.device(), session.address(), session.createdAt(),
          session.lastUsedAt());
    }
  }

  /** A person whom the user has blocked. username: absent if that person was erased. */
  record BlockLine(String type, UUID userId, @Nullable String username) {
    BlockLine(UUID userId, @Nullable String username) {
      this("block", userId, username);
    }
  }

  /** An identity of the user at an outside issuer. */
  record IdentityLine(String type, String issuer, String subject) {
    IdentityLine(Subject subject) {
      this("outsideIdentity", subject.issuer(), subject.subject());
    }
  }

  /** A signed event that names the user and could not be delivered. data: as text, or dataBase64 if it is none */
  record DeadLetterLine(String type, UUID id, String source, String eventType, String eventId,
      @Nullable Instant time, @Nullable String dataContentType, Instant arrivedAt, Instant expiresAt,
      @Nullable String data, @Nullable String dataBase64) {
    static DeadLetterLine of(StoredLetter stored) {
      DeadLetter letter = stored.letter();
      String text = letter.text();
      return new DeadLetterLine("deadLetter", stored.id(), letter.source(), letter.type(), letter.eventId(),
          letter.time().orElse(null), letter.attributes().get("datacontenttype"), stored.arrivedAt(),
          stored.expiresAt(), text, text == null ? Base64Text.encode(letter.data()) : null);
    }
  }

  /** A webhook of the user, without its secret. reason: why it is disabled. */
  record WebhookLine(String type, UUID webhookId, String url, List<String> types,
      @Nullable UUID conversationId, @Nullable UUID sessionId, Instant createdAt, @Nullable String reason) {
    WebhookLine(Webhook webhook) {
      this("webhook", webhook.id(), webhook.url().toString(), webhook.typeTexts(), webhook.conversationId(),
          webhook.sessionId(), webhook.createdAt(), webhook.disabledReason());
    }
  }

  /** A group that the user is in. role: of the user; muted: the user's own choice */
  record GroupLine(String type, UUID conversationId, @Nullable String name, String role, boolean muted) {
    GroupLine(ConversationSummary group) {
      this("group", group.id(), group.group() == null ? null : group.group().name(), group.role().text(),
          group.muted());
    }
  }

  /** Up to which message the user has read a conversation. */
  record ReadMarkLine(String type, UUID conversationId, UUID upTo) {
    ReadMarkLine(ReadMarks.UpTo mark) {
      this("readMark", mark.conversation(), mark.id());
    }
  }

  /**
   * A message that the user sent, received or reacted to, as it is now. A message that was changed has several lines.
   * reactions: null if it has none.
   */
  record MessageLine(String type, UUID id, UUID conversationId, String sender, @Nullable String recipient,
      String content, String contentType, Instant sentAt, int version, @Nullable Instant editedAt,
      @Nullable Instant deletedAt, @Nullable UUID replyTo, @Nullable String keyId,
      @Nullable List<ReactionView> reactions) {
    MessageLine(MessageView message) {
      this("message", message.id(), message.conversationId(), message.sender(), message.recipient(),
          message.content(), message.contentType(), message.sentAt(), message.version(), message.editedAt(),
          message.deletedAt(), message.replyTo(), message.keyId(), message.reactions());
    }
  }

  /** The cursor with which a client continues if the following lines do not arrive. */
  record CursorLine(String type, String after) {
    CursorLine(String after) {
      this("cursor", after);
    }
  }

  /** The last line. If it is missing, the export is not complete. messages: how many message lines this answer has. */
  record End(String type, long messages) {
    End(long messages) {
      this("end", messages);
    }
  }
}
