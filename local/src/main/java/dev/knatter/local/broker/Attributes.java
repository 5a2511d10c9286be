package dev.knatter.local.broker;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.knatter.adapter.event.Event;
import org.jspecify.annotations.Nullable;

/** The extension attributes that Knative's brokers add to events (eventing, pkg/broker and pkg/kncloudevents/attributes). */
final class Attributes {
  private static final String ARRIVAL = "knativearrivaltime";
  private static final String TTL = "knativebrokerttl";
  private static final int FIRST_TTL = 255;
  private static final int ERROR_DATA_LENGTH = 1024;

  private Attributes() {}

  /**
   * Returns an event as the broker stores it. Empty if the event is one of a chain of replies that has passed the broker
   * too often.
   */
  static Optional<Event> arrived(Event event, Instant now) {
    int ttl = number(event.attributes().get(TTL)).map(before -> before - 1).orElse(FIRST_TTL);
    return ttl <= 0
        ? Optional.empty()
        : Optional.of(with(event, attributes -> {
          attributes.put(TTL, Integer.toString(ttl));
          attributes.put(ARRIVAL, now.toString());
        }));
  }

  /** Returns an event as a subscriber gets it. */
  static Event delivered(Event event) {
    return with(event, attributes -> attributes.remove(TTL));
  }

  /** Returns a reply to an event. The reply takes over how often its event may still pass the broker. */
  static Event reply(Event reply, Event event) {
    return with(reply, attributes -> attributes.put(TTL, event.attributes().getOrDefault(TTL, "")));
  }

  /** Returns an event as a dead letter sink gets it, with the address of the receiver that did not accept it and its answer. */
  static Event deadLetter(Event event, URI destination, Answer answer) {
    String data = Base64.getEncoder().encodeToString(answer.body());
    return with(event, attributes -> {
      attributes.put("knativeerrordest", destination.toString());
      attributes.put("knativeerrorcode", Integer.toString(answer.status()));
      attributes.put("knativeerrordata", data.substring(0, Math.min(data.length(), ERROR_DATA_LENGTH)));
    });
  }

  private static Event with(Event event, Consumer<Map<String, String>> change) {
    Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
    change.accept(attributes);
    return new Event(attributes, event.data());
  }

  private static Optional<Integer> number(@Nullable String text) {
    return Optional.ofNullable(text).filter(digits -> digits.matches("-?[0-9]{1,9}")).map(Integer::valueOf);
  }
}
