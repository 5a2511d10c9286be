package dev.knatter.client.send;

import java.util.concurrent.CompletableFuture;

import dev.knatter.client.http.Backoff;
import dev.knatter.client.message.Message;

/** An entry of the outbox that is sent, and who waits for it. Used by one thread at a time, that of its lane. */
final class Pending {
  private final CompletableFuture<Message> answer = new CompletableFuture<>();
  private final Backoff backoff = new Backoff();
  private volatile OutboxEntry entry;
  private int failures;

  Pending(OutboxEntry entry) {
    this.entry = entry;
  }

  OutboxEntry entry() {
    return entry;
  }

  void replace(OutboxEntry next) {
    entry = next;
  }

  CompletableFuture<Message> answer() {
    return answer;
  }

  Backoff backoff() {
    return backoff;
  }

  /** How often the server has failed, with this time. */
  int countFailure() {
    failures++;
    return failures;
  }
}
