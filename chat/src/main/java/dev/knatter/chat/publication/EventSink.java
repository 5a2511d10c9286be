package dev.knatter.chat.publication;

/** Where events go. */
@FunctionalInterface
public interface EventSink {
  /** What became of an event. */
  enum Outcome {
    /** The sink has it and answers for it from now on. */
    ACCEPTED,
    /** The sink does not want this event, and will not later. */
    REFUSED,
    /** The sink gave no answer, or asks for another attempt: it may have the event or not. */
    AWAY
  }

  /** Hands an event over and waits for the answer, for some seconds at most. Never throws because of the sink. */
  Outcome deliver(ChatEvent event);
}
