package dev.knatter.adapter.http;

import java.time.Duration;

/**
 * Where the server stops being patient.
 *
 * @param concurrent how much work runs at once
 * @param waiting    how many requests are there at once of those that may wait; they are not counted as work
 * @param bufferedBytes how many bytes of bodies are held at once, in all connections together
 * @param idle       how long a connection may stay open without a request
 * @param head       how long a request's head may take from its first byte
 * @param body       how long a request's body may take
 * @param stop       how long running work may take once the server stops
 */
public record Bounds(int concurrent, int waiting, long bufferedBytes, Duration idle, Duration head,
    Duration body,
    Duration stop) {
  static final int REQUEST_LINE = 8 * 1024;
  static final int HEADER_SECTION = 16 * 1024;
  /** A refused request's body up to this size is read and dropped, so that the connection can stay open. */
  static final int DROPPED_BODY = 64 * 1024;
}
