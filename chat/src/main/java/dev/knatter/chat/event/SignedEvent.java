package dev.knatter.chat.event;

import dev.knatter.chat.account.Username;
import dev.knatter.shared.DomainError.InvalidRequest;

/**
 * An event that one of the configured sources has signed.
 *
 * @param source the key that it is signed with
 * @param data   canonical JSON: exactly what was signed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events
public record SignedEvent(EventSource source, String id, byte[] data) {

  /** Whether the source may speak for the user with this name. */
  public boolean speaksFor(String username) {
    return source.speaksFor(username);
  }

  /** @throws InvalidRequest if the source may not speak for this user */
  public void requireSpeaksFor(Username user) {
    if (!speaksFor(user.value())) {
      throw new InvalidRequest("", "names a user for whom the source may not speak");
    }
  }

  @Override
  public String toString() {
    return "SignedEvent[" + source.name() + "]";
  }
}
