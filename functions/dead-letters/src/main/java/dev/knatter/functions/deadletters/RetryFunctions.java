package dev.knatter.functions.deadletters;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.deadletter.BulkRetry;
import dev.knatter.chat.deadletter.DeadLetterRetry;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Retries dead letters. */
final class RetryFunctions {
  /** How long a retry of many letters runs: half of the service's timeout of 30 s. */
  private static final Duration FOR_MANY = Duration.ofSeconds(15);
  private static final Duration LATER = Duration.ofSeconds(10);
  private static final Message<String> ACCEPTED = new GenericMessage<>("", Map.of("statusCode", 202));

  private final DeadLetterRetry retry;
  private final BulkRetry bulk;
  private final ListCursors cursors;

  RetryFunctions(DeadLetterRetry retry, BulkRetry bulk, ListCursors cursors) {
    this.retry = retry;
    this.bulk = bulk;
    this.cursors = cursors;
  }

  Message<String> one(Message<LetterPath> message) {
    return switch (retry.retry(message.getPayload().letter())) {
      case ACCEPTED -> ACCEPTED;
      case REFUSED -> throw new Unavailable("The broker refuses this event. It stays in the list.", LATER);
      case AWAY ->
        throw new Unavailable(
            "The broker does not accept events at this moment. The event stays in the list.",
            LATER);
      case GONE -> throw new NotFound("There is no such dead letter.");
    };
  }

  Message<RetryAnswer> many(Message<RetryRequest> message) {
    RetryRequest request = message.getPayload();
    BulkRetry.Result result = bulk.run(request.type(),
        LettersFunctions.position(cursors, request.before()), FOR_MANY);
    return new GenericMessage<>(new RetryAnswer(result.accepted(), result.refused(),
        LettersFunctions.cursor(cursors, result.next())));
  }

  /** The function for all retries in an installation without a broker. */
  static <I> Function<Message<I>, Message<?>> withoutBroker() {
    return _ -> {
      throw new Unavailable("This installation has no broker: K_SINK is not set.", Duration.ofMinutes(1));
    };
  }
}
