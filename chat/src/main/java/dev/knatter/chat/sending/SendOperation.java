package dev.knatter.chat.sending;

import java.util.Base64;
import java.util.UUID;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.limit.ReplayCheck;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.SendCommand;
import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.message.SendResult;
import dev.knatter.chat.message.Sending;
import dev.knatter.shared.Checks;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Sends for a caller, whichever way the caller came: by a request, or over a held connection. */
public final class SendOperation {
  private final Sending sending;
  private final Recipients recipients;
  private final Uuid7 ids;

  public SendOperation(Sending sending, Recipients recipients, Uuid7 ids) {
    this.sending = sending;
    this.recipients = recipients;
    this.ids = ids;
  }

  /** What a send has done. replayed: whether an earlier attempt had stored the message */
  public record Sent(SentMessage message, boolean replayed) {}

  /** A hash of the caller's values, by which a repeated send is recognized. */
  public static String fingerprint(@Nullable String to, @Nullable String conversationId,
      @Nullable String content, @Nullable String contentType, @Nullable String replyTo,
      @Nullable String keyId) {
    return Base64.getEncoder()
      .encodeToString(new Digest().add(to)
        .add(conversationId)
        .add(content)
        .add(contentType)
        .add(replyTo)
        .add(keyId)
        .bytes());
  }

  /** An id of this moment, for a caller who gave none. */
  public UUID mint() {
    return ids.mint();
  }

  /** The client id of a caller; null if there is none, or if an error was added. */
  public static @Nullable UUID clientId(Checks checks, @Nullable String text) {
    UUID given = checks.uuid(text, "/clientId");
    if (given != null) {
      checks.require(Uuid7.isOne(given), "/clientId", "must be a UUID of version 7");
    }
    return given;
  }

  /**
   * Sends a message.
   *
   * @param replay      how the request compares with an earlier one of the same client id
   * @param invalidated whether cached data about the caller may be out of date
   * @throws DomainError with the member {@code clientId}: of the next attempt
   */
  public Sent send(Identity sender, SendCommand command, SendKey key, ReplayCheck replay,
      boolean invalidated) {
    try {
      if (replay == ReplayCheck.OTHER_BODY) {
        throw new ClientIdReused();
      }
      boolean repeated = replay == ReplayCheck.REPEATED;
      SendResult sent = sending.send(sender.userId(), command, key, repeated, invalidated);
      return new Sent(answer(sender, sent.message()), sent.replayed() || repeated);
    } catch (ClientIdReused | StaleClientId e) {
      throw e.with("clientId", ids.mint()); // a fresh id of the server's time, for clients whose clock is wrong
    } catch (DomainError e) {
      throw e.with("clientId", key.id()); // so that a client that sent none can retry without sending twice
    }
  }

  private SentMessage answer(Identity sender, Message stored) {
    UUID recipient = stored.recipient();
    return new SentMessage(stored.id(), stored.conversationId(), sender.username(),
        recipient == null
            ? null
            : recipients.of(recipient, /* present= */ false).map(Recipient::username).orElse(null),
        stored.content(), stored.contentType(), stored.sentAt(), stored.version(), stored.replyTo(),
        stored.keyId());
  }
}
