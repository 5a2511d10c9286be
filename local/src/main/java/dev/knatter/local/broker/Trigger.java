package dev.knatter.local.broker;

import java.net.URI;
import java.util.Map;

import dev.knatter.adapter.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * A Knative Trigger with addresses instead of references.
 *
 * @param name           the name in the log
 * @param filter         an event must have these attributes with these values; an empty value means any value
 * @param ordered        whether events with the same {@code partitionkey} are delivered one after the other
 * @param subscriber     the address that gets the events
 * @param delivery       how often the broker tries again
 * @param deadLetterSink the address that gets the events which the subscriber did not accept; null for none
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
