package dev.knatter.chat.event;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Tells whether one of the configured sources has signed an event, of any type, and does nothing else with it. */
public final class SignatureCheck {
  private final Map<CommandType, EventVerifier> verifiers = new EnumMap<>(CommandType.class);

  public SignatureCheck(EventSources sources, Clock clock) {
    for (CommandType type : CommandType.values()) {
      verifiers.put(type, new EventVerifier(sources, type, clock));
    }
  }

  /**
   * The event, if it must be believed; empty otherwise.
   *
   * @param attributes the value of a context attribute; null if the event does not have it
   * @param data       JSON in any form
   */
  public Optional<SignedEvent> check(Function<String, @Nullable Object> attributes, byte[] data) {
    EventVerifier verifier = Optional.ofNullable(attributes.apply("type"))
      .flatMap(CommandType::of)
      .map(verifiers::get)
      .orElse(null);
    try {
      return verifier == null ? Optional.empty() : Optional.of(verifier.verify(attributes, data));
    } catch (InvalidRequest _) {
      return Optional.empty();
    }
  }
}
