package dev.knatter.adapter.http;

import java.time.Duration;

/**
 * The limits and timeouts of a server.
 *
 * @param concurrent    how many requests run at once, without long polls
 * @param waiting       how many long polls are open at once
 * @param bufferedBytes how many bytes of request bodies are in memory at once, for all connections together
 * @param idle          how long a connection may stay open without a request
 * @param head          how long a request's head may take from its first byte
 * @param body          how long a request's body may take, and a client to take an answer or a part of one
 * @param stop          how long running requests may take to finish once the server stops
 */
public record ServerLimits(int concurrent, int waiting, long bufferedBytes, Duration idle, Duration head,
    Duration body, Duration stop) {
  static final int REQUEST_LINE = 8 * 1024;
  static final int HEADER_SECTION = 16 * 1024;
  /** The server reads and drops a refused request's body up to this size, so that the connection can stay open. */
  static final int DROPPED_BODY = 64 * 1024;
}
