package dev.knatter.bench.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.knatter.bench.setup.TestUsers;

/**
 * Conversations of one kind, among which the requests of a round are divided.
 *
 * @param name of the kind in the report
 */
record StoredHistory(String name, List<StoredConversation> conversations) {
  /** How many messages a sparse conversation has. */
  static final int MONTHS = 36;

  /** So dense that a partition of ten days has 43,200 messages, and none that the product would lay out otherwise. */
  private static final long DENSE_MILLIS = Duration.ofSeconds(20).toMillis();
  private static final long SPARSE_MILLIS = Duration.ofDays(3 * 365).toMillis() / MONTHS;
  private static final int SPARSE_CONVERSATIONS = 100;
  /** Small conversations are several, so that each page is asked for once. */
  private static final int DENSE_CONVERSATIONS = 20;
  private static final int SEVERAL_BELOW = 10_000;

  /** @param firstPair the first of the users' pairs that no other history has */
  static StoredHistory dense(TestUsers users, int firstPair, int size, long newestMillis) {
    int conversations = size < SEVERAL_BELOW ? DENSE_CONVERSATIONS : 1;
    return of("%,d".formatted(size), users, firstPair, conversations, size, newestMillis, DENSE_MILLIS);
  }

  /** Conversations of one message a month for three years. */
  static StoredHistory sparse(TestUsers users, int firstPair, long newestMillis) {
    return of("sparse", users, firstPair, SPARSE_CONVERSATIONS, MONTHS, newestMillis, SPARSE_MILLIS);
  }

  private static StoredHistory of(String name, TestUsers users, int firstPair, int conversations, int count,
      long newestMillis, long spacingMillis) {
    return new StoredHistory(name, IntStream.range(firstPair, firstPair + conversations)
      .mapToObj(number -> new StoredConversation(number, users.writing().get(number), count, newestMillis,
          spacingMillis))
      .toList());
  }

  /** The conversation of a request. */
  StoredConversation conversation(int request) {
    return conversations.get(request % conversations.size());
  }

  /** How many requests to this conversation have come before. */
  int turn(int request) {
    return request / conversations.size();
  }

  /** How many requests of a round each conversation gets. */
  int turns(int requests) {
    return Math.ceilDiv(requests, conversations.size());
  }
}
