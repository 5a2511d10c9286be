package dev.knatter.functions.stream;

import java.time.Instant;

import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What a connection keeps from one of its events to the next.
 *
 * @param identity of whoever has opened the connection
 * @param since    when it was opened
 * @param until    when it ends
 * @param cursor   up to where the inbox was read for this connection; null if it was not
 */
record ConnectionState(Identity identity, Instant since, Instant until, @Nullable String cursor) {
  ConnectionState at(String next) {
    return new ConnectionState(identity, since, until, next);
  }
}
