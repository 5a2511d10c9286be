package dev.knatter.bench.setup;

import java.util.List;
import java.util.stream.IntStream;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Uuid7;

/**
 * The users of a run and who talks with whom. All of it follows from one moment, so that two processes have the same
 * users. There are enough of them that none meets the rate limit.
 */
public final class TestUsers {
  /** The content of every message: a hundred characters. */
  public static final String CONTENT = "Nothing but real words, since some stores compress: see you at the usual place at"
      + " noon, bring the map";
  public static final String CONTENT_TYPE = "text/plain";
  /** Of every user. */
  public static final String PASSWORD = "correct horse battery staple";

  private static final int PEOPLE = 200;
  private static final int READ_BY_EACH = 30;
  private static final int WRITTEN_BY_EACH = 5;
  private static final int READ_OFTEN = 64;

  /** Two who talk, and the conversation that is theirs. */
  public record Pair(Person one, Person other, Conversation conversation) {
    static Pair of(Person one, Person other) {
      return new Pair(one, other, Conversation.direct(one.id(), other.id()));
    }
  }

  private final long since;
  private final List<Person> people;
  private final List<Pair> reading;
  private final List<Pair> writing;

  /** @param since when they were registered, in milliseconds, which their ids hold */
  public TestUsers(long since) {
    this.since = since;
    this.people = IntStream.range(0, PEOPLE)
      .mapToObj(i -> new Person(Uuid7.of(since, i, i), "bench%03d".formatted(i)))
      .toList();
    this.reading = pairs(1, READ_BY_EACH);
    this.writing = pairs(READ_BY_EACH + 1, WRITTEN_BY_EACH);
  }

  /** Pairs each user with those at this distance behind it in the list, and the next ones. */
  private List<Pair> pairs(int distance, int each) {
    return IntStream.range(0, PEOPLE * each)
      .mapToObj(i -> Pair.of(people.get(i % PEOPLE), people.get((i + i / PEOPLE + distance) % PEOPLE)))
      .toList();
  }

  public long since() {
    return since;
  }

  public List<Person> people() {
    return people;
  }

  /** Those between whom messages are sent. */
  public List<Pair> writing() {
    return writing;
  }

  /** Those whose messages are there from the beginning; so many that a page is forgotten before its turn comes again. */
  public List<Pair> reading() {
    return reading;
  }

  /** Some of {@link #reading}, few enough that their pages stay in the cache. */
  public List<Pair> readingOften() {
    return reading.subList(0, READ_OFTEN);
  }
}
