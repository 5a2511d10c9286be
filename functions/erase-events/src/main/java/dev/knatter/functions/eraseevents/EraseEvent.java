package dev.knatter.functions.eraseevents;

import java.util.Optional;
import java.util.UUID;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.account.Bindings.Subject;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.erasure.TrustedErasures;
import dev.knatter.chat.erasure.TrustedErasures.Erasable;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event, which names a user in one of three ways.
 *
 * @param user    the username
 * @param userId  the user's id
 * @param issuer  the issuer of an identity provider's token, together with {@code subject}
 * @param subject the subject of the same token
 */
record EraseEvent(@Nullable String user, @Nullable UUID userId, @Nullable String issuer,
    @Nullable String subject) {
  private static final Json JSON = new Json();

  static EraseEvent read(byte[] data) {
    try {
      return JSON.bind(JSON.object(data), EraseEvent.class);
    } catch (InvalidInput e) {
      // The message leaves out the pointer, because it is logged and the pointer may hold a name from the data.
      throw new InvalidRequest("/data", "has a member that " + e.errors().getFirst().detail());
    }
  }

  /** @throws InvalidRequest if it does not name a user in exactly one way */
  Optional<Erasable> find(TrustedErasures erasures) {
    if (user != null && userId == null && issuer == null && subject == null) {
      Checks checks = new Checks();
      Optional<Username> name = Username.check(checks, user, "/user");
      checks.done();
      return name.flatMap(erasures::find);
    }
    if (userId != null && user == null && issuer == null && subject == null) {
      return erasures.find(userId);
    }
    if (issuer != null && subject != null && user == null && userId == null) {
      return erasures.find(new Subject(issuer, subject));
    }
    throw new InvalidRequest("/data", "must have user, or userId, or issuer and subject");
  }
}
