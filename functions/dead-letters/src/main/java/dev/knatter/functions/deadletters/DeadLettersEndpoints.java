package dev.knatter.functions.deadletters;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.deadletter.Backoff;
import dev.knatter.chat.deadletter.BulkRetry;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeadLetterMeters;
import dev.knatter.chat.deadletter.DeadLetterRetry;
import dev.knatter.chat.deadletter.DeadLetters;
import dev.knatter.chat.event.EventSources;
import dev.knatter.chat.event.SignatureCheck;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.HttpResend;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import org.springframework.messaging.Message;

/** Builds the endpoints of this function and the objects that they need. */
public final class DeadLettersEndpoints {
  private static final String PATH = "/v1/dead-letters";
  private static final String LIMIT = RateLimit.DEAD_LETTERS.id();
  /** A type and a cursor fit into this size. */
  private static final int MAX_BODY = 4 * 1024;

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
    Function<DeadLetter, Optional<UUID>> owner = new SignedOwner(
        new SignatureCheck(EventSources.from(env), stores.clock()), new Usernames(stores.cassandra()),
        new Bindings(stores.cassandra()));
    Backoff backoff = Backoff.from(env);
    DeadLetterMeters meters = new DeadLetterMeters();
    stores.watch(meters);
    ListCursors cursors = ListCursors.from(env, "dead-letters");
    DeadLetters letters = new DeadLetters(stores.cassandra(), stores.clock(), owner, backoff, meters);
    LettersFunctions shown = new LettersFunctions(letters, cursors);
    Optional<RetryFunctions> retries = HttpResend.open(env, stores).map(broker -> {
      DeadLetterRetry retry = new DeadLetterRetry(stores.cassandra(), stores.clock(), backoff, broker,
          meters);
      return new RetryFunctions(retry, new BulkRetry(retry, stores.clock()), cursors);
    });
    Function<Message<LetterPath>, Message<?>> one = retries
      .<Function<Message<LetterPath>, Message<?>>>map(present -> present::one)
      .orElse(RetryFunctions.withoutBroker());
    Function<Message<RetryRequest>, Message<?>> many = retries
      .<Function<Message<RetryRequest>, Message<?>>>map(present -> present::many)
      .orElse(RetryFunctions.withoutBroker());
    return List.of(
        new Endpoint<>(ARRIVAL, guard.event(new ArrivalFunction(letters))),
        new Endpoint<>(LIST, guard.operator(LIMIT, shown::list)),
        new Endpoint<>(GET, guard.operator(LIMIT, shown::get)),
        new Endpoint<>(DELETE, guard.operator(LIMIT, shown::delete)),
        new Endpoint<>(RETRY, guard.operator(LIMIT, one)),
        new Endpoint<>(RETRY_MANY, guard.operator(LIMIT, many)));
  }
}
