package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What has become of an erasure; says of nobody whose it is.
 *
 * @param erasedAt   when all that was there was erased; null until then
 * @param finishedAt when it was looked through for the last time; null until then
 * @param erased     how many, by {@link Kind}
 */
public record ErasureReport(UUID erasureId, Instant startedAt, @Nullable Instant erasedAt,
    @Nullable Instant finishedAt,
    Map<Kind, Long> erased) {
  /** What is counted. Names appear in the API, in camel case. */
  public enum Kind {
    /** Messages that he sent, whose content is gone. */
    MESSAGES("messages"),
    /** References to what he sent and received. */
    INBOX_ENTRIES("inboxEntries"),
    /** Open sessions. */
    SESSIONS("sessions"),
    /** Public keys. */
    PUBLIC_KEYS("publicKeys"),
    /** The telephone number. */
    PHONE_NUMBERS("phoneNumbers"),
    /** People whom he had blocked. */
    BLOCKS("blocks"),
    /** Whom he was at an outside issuer. */
    OUTSIDE_IDENTITIES("outsideIdentities");

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

  /** How many of a kind. */
  public long erased(Kind kind) {
    return erased.getOrDefault(kind, 0L);
  }
}
