package dev.knatter.chat.event;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.InFlight;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has done what signed events of one type ask for, and logs which were refused. */
public final class SignedEvents {
  /** Below the 30 seconds that a service gives an event. */
  private static final Duration LIMIT = Duration.ofSeconds(25);

  private static final Logger log = LoggerFactory.getLogger(SignedEvents.class);

  private final EventVerifier verifier;
  private final RefusalLog refusals;

  public SignedEvents(EventSources sources, CommandType type, Clock clock) {
    this(sources, type, clock, log::warn);
  }

  SignedEvents(EventSources sources, CommandType type, Clock clock, Consumer<String> log) {
    this.verifier = new EventVerifier(sources, type, clock);
    this.refusals = new RefusalLog(sources, clock, log);
  }

  /**
   * Verifies an event and has done what it asks for.
   *
   * @param attributes the value of a context attribute; null if the event does not have it
   * @param data       JSON in any form
   * @param command    what is done for a verified event; it may throw any {@link DomainError}
   * @throws InvalidRequest if the event is refused for good; this has been logged
   * @throws Unavailable    if the event may be sent again
   */
  public void handle(Function<String, @Nullable Object> attributes, byte[] data,
      Consumer<SignedEvent> command) {
    try {
      SignedEvent event = verifier.verify(attributes, data);
      within(LIMIT, () -> command.accept(event));
    } catch (DomainError e) {
      if (isTemporary(e)) {
        throw e instanceof Unavailable ? e : new Unavailable("The outcome is not known yet.");
      }
      InvalidRequest refused = e instanceof InvalidRequest wrong
          ? wrong
          : new InvalidRequest("", String.valueOf(e.getMessage()));
      refusals.refused(attributes.apply("source") instanceof String source ? source : "", words(refused));
      throw refused;
    }
  }

  /** Not RateLimited alone: an id that has become stale is replaced by the next attempt. */
  private static boolean isTemporary(DomainError e) {
    return e instanceof Unavailable || e instanceof InFlight || e instanceof RateLimited
        || e instanceof StaleClientId;
  }

  private static String words(InvalidRequest refused) {
    return refused.errors()
      .stream()
      .map(error -> (error.pointer() + " " + error.detail()).strip())
      .collect(Collectors.joining("; "));
  }

  private static void within(Duration limit, Runnable command) {
    try {
      Deadline.within(limit, () -> {
        command.run();
        return true;
      });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // a Runnable throws no checked exception
    }
  }
}
