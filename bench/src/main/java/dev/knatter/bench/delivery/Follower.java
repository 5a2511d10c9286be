package dev.knatter.bench.delivery;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.MessageAnswer;

/** A reader that waits for messages over one connection and notes when each arrived. */
final class Follower implements AutoCloseable {
  private static final Pattern CURSOR = Pattern.compile("\"(?:next|previous)\":\"([^\"]+)\"");

  private final HttpConnection connection;
  private final String token;
  private final String where;
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private String cursor;

  /**
   * Begins after what is there now.
   *
   * @param where query parameters that name a conversation; empty for the inbox
   */
  Follower(int port, String token, String where) throws IOException {
    this.connection = new HttpConnection(port);
    this.token = token;
    this.where = where;
    read("");
    cursor = lastCursor();
  }

  /** Waits for messages until told not to. */
  void until(BooleanSupplier end) throws IOException {
    while (!end.getAsBoolean()) {
      poll(1);
      long now = System.nanoTime();
      MessageAnswer.ids(connection.body()).forEach(id -> arrivals.putIfAbsent(id, now));
    }
  }

  /** Asks once for what is new. */
  void poll(int waitSeconds) throws IOException {
    read("&wait=" + waitSeconds + "&after=" + cursor);
    cursor = lastCursor();
  }

  private void read(String how) throws IOException {
    int status = connection.exchange(
        HttpConnection.request("GET /v1/messages?limit=100" + where + how, token, ""));
    if (status != 200) {
      throw new IOException(status + " " + connection.body());
    }
  }

  /** By {@link System#nanoTime}, by id. */
  Map<String, Long> arrivals() {
    return arrivals;
  }

  /** A page that is newest first has its cursor towards the present last. */
  private String lastCursor() {
    String last = "";
    Matcher cursors = CURSOR.matcher(connection.body());
    while (cursors.find()) {
      last = cursors.group(1);
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
