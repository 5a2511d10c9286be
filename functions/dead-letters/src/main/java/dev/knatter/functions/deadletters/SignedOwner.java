package dev.knatter.functions.deadletters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Bindings.Binding;
import dev.knatter.chat.account.Bindings.Subject;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.event.SignatureCheck;
import dev.knatter.chat.event.SignedEvent;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user whom a signed event is about: the sender of a message, or the user to erase. It accepts an event only if a
 * configured source has signed it and may speak for that user.
 */
final class SignedOwner implements Function<DeadLetter, Optional<UUID>> {
  private final Json json = new Json();
  private final SignatureCheck signatures;
  private final Usernames names;
  private final Bindings bindings;

  SignedOwner(SignatureCheck signatures, Usernames names, Bindings bindings) {
    this.signatures = signatures;
    this.names = names;
    this.bindings = bindings;
  }

  @Override
  public Optional<UUID> apply(DeadLetter letter) {
    return signatures.check(letter.attributes()::get, letter.data()).flatMap(this::user);
  }

  private Optional<UUID> user(SignedEvent event) {
    Map<String, @Nullable Object> data;
    try {
      data = json.object(event.data());
    } catch (InvalidInput _) {
      return Optional.empty();
    }
    return named(data).filter(user -> {
      String name = names.of(List.of(user)).get(user);
      return name != null && event.speaksFor(name);
    });
  }

  private Optional<UUID> named(Map<String, @Nullable Object> data) {
    if (data.get("userId") instanceof String id) {
      return Optional.ofNullable(new Checks().uuid(id, ""));
    }
    if (data.get("issuer") instanceof String issuer && data.get("subject") instanceof String subject) {
      return bindings.find(new Subject(issuer, subject)).map(Binding::userId);
    }
    Object name = data.getOrDefault("from", data.get("user"));
    return name instanceof String text ? names.id(text) : Optional.empty();
  }
}
