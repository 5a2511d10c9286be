package dev.knatter.publishing;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each event as a CloudEvent to one address. It makes its HTTP client with the first event, so that the client does
 * not slow down the first answer of the process.
 */
final class HttpEventSink implements EventSink, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  /** The statuses by which a sink refuses the event itself. After all other errors, a later attempt may succeed. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final Logger log = LoggerFactory.getLogger(HttpEventSink.class);

  private final SinkSettings settings;
  private final Json json = new Json();
  private @Nullable EventSender sender;

  HttpEventSink(SinkSettings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome deliver(ChatEvent event) {
    try {
      EventSender.Answer answer = sender().send(settings.sink(), new Event(attributes(event), data(event)));
      if (answer.isSuccess()) {
        return Outcome.ACCEPTED;
      }
      log.debug("The sink answers {}", answer.status());
      return REFUSALS.contains(answer.status()) ? Outcome.REFUSED : Outcome.AWAY;
    } catch (IOException e) {
      log.debug("The sink does not answer", e);
      return Outcome.AWAY;
    }
  }

  private synchronized EventSender sender() {
    if (sender == null) {
      sender = new EventSender(TIMEOUT);
    }
    return sender;
  }

  private Map<String, String> attributes(ChatEvent event) {
    EventReference reference = event.reference();
    Map<String, String> attributes = new LinkedHashMap<>(settings.extensions());
    attributes.put("specversion", "1.0");
    attributes.put("id", reference.eventId());
    attributes.put("source", settings.source());
    attributes.put("type", reference.type().type());
    attributes.put("subject", reference.subject().toString());
    attributes.put("partitionkey", reference.subject().toString());
    attributes.put("time", text(event.time()));
    attributes.put("dataschema", "urn:knatter:schema:" + reference.type().type());
    attributes.put("datacontenttype", "application/json");
    return attributes;
  }

  private static String text(Instant time) {
    return TIME.format(time);
  }

  private byte[] data(ChatEvent event) {
    Map<String, Object> data = new HashMap<>(event.data());
    if (!settings.content()) {
      data.remove(ChatEvent.CONTENT);
    }
    return json.write(data);
  }

  @Override
  public synchronized void close() {
    if (sender != null) {
      sender.close();
    }
  }
}
