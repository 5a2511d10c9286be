package dev.knatter.bench.live;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.knatter.bench.setup.Person;
import dev.knatter.shared.token.Identity;

/** A user with one connection, and what has reached it. */
final class LiveReader {
  private final Person person;
  private final UUID session;
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private volatile String token = "";
  private volatile String cursor = "";

  /** @param session one that is open */
  LiveReader(Person person, UUID session) {
    this.person = person;
    this.session = session;
  }

  Person person() {
    return person;
  }

  Identity identity() {
    return new Identity(person.id(), person.name(), session);
  }

  /** An access token, for the next connection and for sends. */
  String token() {
    return token;
  }

  void token(String next) {
    token = next;
  }

  /** Where a catch-up begins; empty for the present. */
  String cursor() {
    return cursor;
  }

  void cursor(String next) {
    cursor = next;
  }

  /**
   * Notes a message that has come.
   *
   * @param nanos by {@link System#nanoTime}
   * @return whether it had not come before
   */
  boolean received(String id, long nanos) {
    return arrivals.putIfAbsent(id, nanos) == null;
  }

  /** When messages came, by id. */
  Map<String, Long> arrivals() {
    return arrivals;
  }

  void forgetArrivals() {
    arrivals.clear();
  }
}
