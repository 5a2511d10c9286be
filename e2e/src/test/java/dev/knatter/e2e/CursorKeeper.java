package dev.knatter.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.User;

/** Reads a conversation, or an inbox, towards the present, and remembers each cursor with what it saw before. */
final class CursorKeeper {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int KEPT = 20;

  /** Where one could go on from, having seen these. */
  private record Bookmark(String cursor, Set<String> seen) {}

  private final String name;
  private User reader;
  private final String[] where;
  private final List<Pod> pods;
  private final Random random;
  private final Set<String> seen = new HashSet<>();
  private final List<Bookmark> bookmarks = new ArrayList<>();
  private String cursor;
  private int pages;

  /** Begins after what is there now. */
  CursorKeeper(String name, User reader, List<Pod> pods, long seed, String... where) {
    this.name = name;
    this.reader = reader;
    this.pods = pods;
    this.where = where;
    this.random = new Random(seed);
    this.cursor = new PageWalk(reader, where).start();
    bookmarks.add(new Bookmark(cursor, Set.of()));
  }

  /** Reads a page, of any size, from any process. */
  void step() {
    String limit = Integer.toString(1 + random.nextInt(40));
    String wait = Integer.toString(random.nextInt(2));
    String[] query = Stream.of(where, new String[]{"limit", limit, "wait", wait, "after", cursor})
      .flatMap(Stream::of)
      .toArray(String[]::new);
    try {
      Answer answer = Client.tryExchange(pods.get(random.nextInt(pods.size())),
          User.reading(query).bearer(reader.token()), PATIENCE);
      if (answer.status() == 401) {
        reader = reader.again(); // this may go on for longer than a token lives
      } else if (answer.status() != 503 && answer.status() != 429) {
        Page page = Page.of(answer);
        seen.addAll(page.ids());
        cursor = page.next();
        remember();
      }
    } catch (IOException e) {
      // The process is stopped: the same cursor is good for another.
    }
  }

  /** Keeps a sample, each cursor as likely as any other. */
  private void remember() {
    pages++;
    Bookmark bookmark = new Bookmark(cursor, Set.copyOf(seen));
    if (bookmarks.size() < KEPT) {
      bookmarks.add(bookmark);
    } else if (random.nextInt(pages) < KEPT) {
      bookmarks.set(1 + random.nextInt(KEPT - 1), bookmark);
    }
  }

  /** What is still to be seen of all that was sent, on the way it went until now. */
  Set<String> missing(Set<String> sent) {
    step();
    return without(sent, seen);
  }

  /** What is never seen by whoever goes on from one of the cursors that were handed out. */
  Set<String> missingFromAnyCursor(Set<String> sent) {
    Set<String> missing = new HashSet<>();
    PageWalk walk = new PageWalk(reader, where);
    for (Bookmark bookmark : bookmarks) {
      Set<String> rest = new HashSet<>(bookmark.seen());
      rest.addAll(walk.toThePresent(bookmark.cursor(), 100));
      missing.addAll(without(sent, rest));
    }
    return missing;
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  @Override
  public String toString() {
    return name;
  }
}
