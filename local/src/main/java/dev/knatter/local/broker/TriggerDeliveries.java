package dev.knatter.local.broker;

import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import dev.knatter.adapter.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one Trigger. An event goes to the subscriber, and the subscriber's reply goes back to the broker. If
 * one of them does not accept its event, the event goes to the dead letter sink (as in eventing,
 * pkg/kncloudevents/event_dispatcher.go).
 */
final class TriggerDeliveries {
  private static final Logger log = LoggerFactory.getLogger(TriggerDeliveries.class);
  /** The attribute of CloudEvents' partitioning extension. */
  private static final String PARTITION_KEY = "partitionkey";
  private static final int AT_ONCE = 32;

  private final Trigger trigger;
  private final URI broker;
  private final RetryingSender sender;
  private final Executor threads;
  private final KeyedExecutor byKey;
  private final Semaphore permits = new Semaphore(AT_ONCE, /* fair= */ true);

  TriggerDeliveries(Trigger trigger, URI broker, RetryingSender sender, Executor threads) {
    this.trigger = trigger;
    this.broker = broker;
    this.sender = sender;
    this.threads = threads;
    this.byKey = new KeyedExecutor(threads);
  }

  boolean matches(Event event) {
    return trigger.matches(event);
  }

  /** @param end runs when the broker has finished with the event */
  void add(Event event, Runnable end) {
    Runnable delivery = () -> {
      try {
        deliver(event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the broker is closing
      } catch (RuntimeException e) {
        log.error("{}: delivering {} failed, and it is lost", trigger.name(), name(event), e);
      } finally {
        end.run();
      }
    };
    String key = event.attributes().get(PARTITION_KEY);
    if (trigger.ordered() && key != null) {
      byKey.execute(key, delivery);
    } else {
      threads.execute(delivery);
    }
  }

  private void deliver(Event event) throws InterruptedException {
    Answer answer = send(trigger.subscriber(), Attributes.delivered(event));
    if (!answer.isDone()) {
      deadLetter(event, trigger.subscriber(), answer);
    } else if (answer.reply() != null) {
      Answer taken = send(broker, Attributes.reply(answer.reply(), event));
      if (!taken.isDone()) {
        deadLetter(event, broker, taken);
      }
    }
  }

  private void deadLetter(Event event, URI destination, Answer answer) throws InterruptedException {
    URI sink = trigger.deadLetterSink();
    if (sink == null) {
      log.warn("{}: {} answered {} to {}, which is lost, because there is no dead letter sink",
          trigger.name(),
          destination, answer.status(), name(event));
      return;
    }
    log.warn("{}: {} answered {} to {}, which goes to the dead letter sink", trigger.name(), destination,
        answer.status(), name(event));
    Answer taken = send(sink, Attributes.deadLetter(event, destination, answer));
    if (!taken.isDone()) {
      log.error("{}: the dead letter sink answered {} to {}, which is lost", trigger.name(), taken.status(),
          name(event));
    }
  }

  private Answer send(URI sink, Event event) throws InterruptedException {
    return sender.send(sink, event, trigger.delivery(), permits);
  }

  private static String name(Event event) {
    return event.attributes().get("type") + " " + event.attributes().get("id");
  }
}
