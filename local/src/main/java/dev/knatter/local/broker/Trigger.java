package dev.knatter.local.broker;

import java.net.URI;
import java.util.Map;

import dev.knatter.adapter.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * A Knative Trigger, with addresses in place of references.
 *
 * @param name           for the log
 * @param filter         an event must have these attributes with these values; an empty value means any
 * @param ordered        whether events with the same {@code partitionkey} are delivered one after the other
 * @param subscriber     who gets the events
 * @param delivery       how often they are delivered again
 * @param deadLetterSink who gets those that the subscriber did not take; null for nobody
 */
public record Trigger(String name, Map<String, String> filter, boolean ordered, URI subscriber,
    Delivery delivery,
    @Nullable URI deadLetterSink) {
  public Trigger {
    filter = Map.copyOf(filter);
  }

  boolean matches(Event event) {
    return filter.entrySet().stream().allMatch(wanted -> {
      String value = event.attributes().getOrDefault(wanted.getKey(), "");
      return !value.isEmpty() && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
    });
  }
}
