package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The public report of an erasure. It does not identify the user.
 *
 * @param erasedAt   when all existing data was erased; null until then
 * @param finishedAt when the last pass ended; null until then
 * @param erased     the numbers of erased items, by {@link Kind}
 */
public record ErasureReport(UUID erasureId, Instant startedAt, @Nullable Instant erasedAt,
    @Nullable Instant finishedAt,
    Map<Kind, Long> erased) {
  /** The kinds of items that are counted. The API shows their names in camel case. */
  public enum Kind {
    /** Messages of the user, whose content was deleted. */
    MESSAGES("messages"),
    /** References to messages that the user sent or received. */
    INBOX_ENTRIES("inboxEntries"),
    SESSIONS("sessions"),
    PUBLIC_KEYS("publicKeys"),
    PHONE_NUMBERS("phoneNumbers"),
    /** People whom the user had blocked. */
    BLOCKS("blocks"),
    /** The user's identities at an outside issuer. */
    OUTSIDE_IDENTITIES("outsideIdentities"),
    /** Events about the user that could not be delivered. */
    DEAD_LETTERS("deadLetters"),
    WEBHOOKS("webhooks"),
    /** Groups that the user was in. */
    GROUPS("groups");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public ErasureReport {
    erased = Map.copyOf(erased);
  }

  public long erased(Kind kind) {
    return erased.getOrDefault(kind, 0L);
  }
}
