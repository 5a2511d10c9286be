package dev.knatter.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.event.EventSignature;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;

/** {@code ./knatter event}: signs an event and posts it, for scripts and for trying it out. */
public final class EventMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private EventMain() {}

  public static void main(String[] args) {
    if (List.of(args).contains("--help")) {
      System.out.println(EventOptions.usage());
      return;
    }
    System.exit(run(args));
  }

  /** The status with which the process ends. */
  static int run(String... args) {
    try {
      EventOptions options = EventOptions.parse(List.of(args), Env.system());
      Event event = signed(options, Instant.now());
      try (EventSender sender = new EventSender(TIMEOUT)) {
        EventSender.Answer answer = sender.send(options.sink(), event);
        System.out.println(answer.status());
        System.out.println(text(event));
        return answer.isSuccess() ? 0 : FAILED;
      } catch (IOException e) {
        System.err.println(options.sink() + " does not answer: " + e);
        return FAILED;
      }
    } catch (InvalidRequest | InvalidInput e) {
      System.err.println("--data must be one JSON object.");
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      System.err.println(e.getMessage());
    }
    System.err.println(EventOptions.usage());
    return WRONG_USE;
  }

  static Event signed(EventOptions options, Instant time) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", options.id());
    attributes.put("source", options.source());
    attributes.put("type", options.type());
    attributes.put("time", TIME.format(time));
    attributes.put("datacontenttype", "application/json");
    attributes.put(EventSignature.ATTRIBUTE, EventSignature.sign(options.key(), options.id(),
        options.source(), options.type(), time, options.data()));
    return new Event(attributes, options.data());
  }

  /** In the JSON format of CloudEvents. */
  private static String text(Event event) {
    Json json = new Json();
    Map<String, Object> members = new LinkedHashMap<>(event.attributes());
    members.put("data", json.object(event.data()));
    return new String(json.write(members), StandardCharsets.UTF_8);
  }
}
