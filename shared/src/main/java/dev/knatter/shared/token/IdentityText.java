package dev.knatter.shared.token;

import java.time.Instant;
import java.util.UUID;

/**
 * The text form of an identity, in words of printable ASCII that a space separates: user id, username, session id, and of a
 * session of the outside issuer the person and the time of the token. That a caller is an operator is left out. Whoever gets such
 * a text back from outside must have sealed it.
 */
public final class IdentityText {
  private static final String NONE = "-";

  private IdentityText() {}

  public static String of(Identity identity) {
    OutsideSession outside = identity.outside();
    return String.join(" ", identity.userId().toString(), identity.username(),
        identity.sessionId().toString(),
        outside == null ? NONE : outside.person().toString(),
        outside == null ? NONE : Long.toString(outside.issuedAt().getEpochSecond()));
  }

  /** @throws IllegalArgumentException if the text is not one that {@link #of} has written */
  public static Identity identity(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 5) {
      throw new IllegalArgumentException("Not an identity");
    }
    UUID user = UUID.fromString(words[0]);
    UUID session = UUID.fromString(words[2]);
    return words[3].equals(NONE)
        ? new Identity(user, words[1], session)
        : new Identity(user, words[1], outside(session, words[3], words[4]));
  }

  private static OutsideSession outside(UUID session, String person, String issuedAt) {
    return new OutsideSession(session, UUID.fromString(person),
        Instant.ofEpochSecond(Long.parseLong(issuedAt)));
  }
}
