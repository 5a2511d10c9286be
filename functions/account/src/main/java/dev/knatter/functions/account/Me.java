package dev.knatter.functions.account;

import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profile;
import dev.knatter.chat.account.Profiles;
import dev.knatter.guard.Caller;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Reads and changes the caller's profile. */
final class Me {
  private final Profiles profiles;
  private final PhoneNumbers phoneNumbers;

  Me(Profiles profiles, PhoneNumbers phoneNumbers) {
    this.profiles = profiles;
    this.phoneNumbers = phoneNumbers;
  }

  Message<ProfileAnswer> read(Message<NoInput> message) {
    return profile(Caller.of(message).identity());
  }

  Message<ProfileAnswer> change(Message<ProfileChange> message) {
    Identity caller = Caller.of(message).identity();
    ProfileChange change = message.getPayload();
    change.check();
    if (change.displayName() != null) {
      profiles.rename(caller.userId(), change.displayName().orElse(null));
    }
    if (change.phoneNumber() != null) {
      phoneNumbers.change(caller.userId(), caller.username(), change.phoneNumber().orElse(null));
    }
    if (change.readReceipts() != null) {
      profiles.setReadReceipts(caller.userId(), change.readReceipts());
    }
    if (change.showLastSeen() != null) {
      profiles.setShowLastSeen(caller.userId(), change.showLastSeen());
    }
    return profile(caller);
  }

  private Message<ProfileAnswer> profile(Identity caller) {
    Profile profile = profiles.find(caller.userId())
      .orElseThrow(() -> new NotFound("There is no such account."));
    return new GenericMessage<>(ProfileAnswer.of(profile,
        phoneNumbers.of(caller.userId(), caller.username()).orElse(null)));
  }
}
