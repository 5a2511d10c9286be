package dev.knatter.functions.deadletters;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.chat.deadletter.Backoff;
import dev.knatter.chat.deadletter.BulkRetry;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeadLetterMeters;
import dev.knatter.chat.deadletter.DeadLetterRetry;
import dev.knatter.chat.deadletter.DeadLetters;
import dev.knatter.chat.deadletter.Resend;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import org.springframework.messaging.Message;

/** Builds the endpoints of this function and the objects that they need. */
public final class DeadLettersEndpoints {
  private static final String PATH = "/v1/dead-letters";
  private static final String LIMIT = RateLimit.DEAD_LETTERS.id();
  /** Enough for a type and a cursor. */
  private static final int MAX_BODY = 4 * 1024;
  /** What a broker needs to store an event; no caller waits longer. */
  private static final Duration FOR_BROKER = Duration.ofSeconds(3);

  private static final Route<byte[]> ARRIVAL = Route.event("dead-letters", byte[].class);
  private static final Route<ListQuery> LIST = Route
    .bearer("GET", PATH, "dead-letters-list", ListQuery.class)
    .limit(LIMIT)
    .compressed();
  private static final Route<LetterPath> GET = Route
    .bearer("GET", PATH + "/{id}", "dead-letters-get", LetterPath.class)
    .limit(LIMIT)
    .compressed();
  private static final Route<LetterPath> DELETE = Route
    .bearer("DELETE", PATH + "/{id}", "dead-letters-delete", LetterPath.class)
    .limit(LIMIT);
  private static final Route<LetterPath> RETRY = Route
    .bearer("POST", PATH + "/{id}/retry", "dead-letters-retry", LetterPath.class)
    .limit(LIMIT)
    .maxBody(MAX_BODY);
  private static final Route<RetryRequest> RETRY_MANY = Route
    .bearer("POST", PATH + "/retry", "dead-letters-retry-many", RetryRequest.class)
    .limit(LIMIT)
    .maxBody(MAX_BODY);

  private DeadLettersEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    // Nobody can sign an event yet, so no letter belongs to a user.
    return endpoints(env, stores, guard, _ -> Optional.empty());
  }

  /** @param owner the user who signed an event, if the signature is good */
  static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard,
      Function<DeadLetter, Optional<UUID>> owner) {
    Backoff backoff = Backoff.from(env);
    DeadLetterMeters meters = new DeadLetterMeters();
    stores.watch(meters);
    ListCursors cursors = ListCursors.from(env, "dead-letters");
    DeadLetters letters = new DeadLetters(stores.cassandra(), stores.clock(), owner, backoff, meters);
    LettersFunctions shown = new LettersFunctions(letters, cursors);
    Optional<RetryFunctions> retries = broker(env, stores).map(broker -> {
      DeadLetterRetry retry = new DeadLetterRetry(stores.cassandra(), stores.clock(), backoff, broker,
          meters);
      return new RetryFunctions(retry, new BulkRetry(retry, stores.clock()), cursors);
    });
    Function<Message<LetterPath>, Message<?>> one = retries
      .<Function<Message<LetterPath>, Message<?>>>map(present -> present::one)
      .orElse(RetryFunctions::withoutBroker);
    Function<Message<RetryRequest>, Message<?>> many = retries
      .<Function<Message<RetryRequest>, Message<?>>>map(present -> present::many)
      .orElse(RetryFunctions::withoutBroker);
    return List.of(
        new Endpoint<>(ARRIVAL, guard.event(new ArrivalFunction(letters))),
        new Endpoint<>(LIST, guard.operator(LIMIT, shown::list)),
        new Endpoint<>(GET, guard.operator(LIMIT, shown::get)),
        new Endpoint<>(DELETE, guard.operator(LIMIT, shown::delete)),
        new Endpoint<>(RETRY, guard.operator(LIMIT, one)),
        new Endpoint<>(RETRY_MANY, guard.operator(LIMIT, many)));
  }

  /** Empty where no broker is configured. An event is posted there, whatever address it names itself. */
  private static Optional<Resend> broker(Env env, Stores stores) {
    return env.find("K_SINK").map(URI::create).map(sink -> {
      EventSender sender = new EventSender(FOR_BROKER);
      stores.beforeClose(sender::close);
      return (attributes, data) -> sender.send(sink, new Event(attributes, data)).statusCode();
    });
  }
}
