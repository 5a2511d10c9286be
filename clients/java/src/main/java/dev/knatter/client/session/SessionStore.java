package dev.knatter.client.session;

import java.util.Optional;

/**
 * Where a session survives. A refresh token is good once: of all programs that share a store, one at a time may renew the
 * session, and what it is answered must be stored before anybody else looks.
 */
public interface SessionStore {
  Optional<StoredSession> load();

  /** Returns when the session is stored. */
  void save(StoredSession session);

  void clear();

  /** Runs the work while nobody else who shares this store runs theirs. */
  void exclusively(Runnable work);
}
