package dev.knatter.functions.users;

import java.util.UUID;

import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.account.Usernames;
import dev.knatter.shared.DomainError.NotFound;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Finds a user's public profile by username or by phone number. */
final class UsersFunction {
  private final Usernames names;
  private final PhoneNumbers phoneNumbers;
  private final Profiles profiles;

  UsersFunction(Usernames names, PhoneNumbers phoneNumbers, Profiles profiles) {
    this.names = names;
    this.phoneNumbers = phoneNumbers;
    this.profiles = profiles;
  }

  Message<UserAnswer> byName(Message<UserQuery> message) {
    return answer(names.id(message.getPayload().username()).orElseThrow(UsersFunction::unknown));
  }

  Message<UserAnswer> byPhoneNumber(Message<LookupRequest> message) {
    return answer(phoneNumbers.owner(message.getPayload().checked()).orElseThrow(UsersFunction::unknown));
  }

  private Message<UserAnswer> answer(UUID user) {
    return new GenericMessage<>(
        UserAnswer.of(profiles.find(user).orElseThrow(UsersFunction::unknown)));
  }

  private static NotFound unknown() {
    return new NotFound("There is no such user.");
  }
}
