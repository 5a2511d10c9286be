package dev.knatter.shared.store;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;

/**
 * Whether the last attempt could use a store. This class logs each change: each reason once while the store cannot be used,
 * and once that it can be used again.
 */
final class StoreState {
  private final Logger log;
  private final String store;
  private final String consequence;
  private final Set<String> said = new HashSet<>();
  private volatile Known known = Known.NOTHING;

  private enum Known {
    NOTHING, UP, DOWN
  }

  /** @param consequence a sentence that says what the product does without the store */
  StoreState(Logger log, String store, String consequence) {
    this.log = log;
    this.store = store;
    this.consequence = consequence;
  }

  void up() {
    if (known != Known.UP) {
      change();
    }
  }

  private synchronized void change() {
    known = Known.UP;
    if (!said.isEmpty()) {
      said.clear();
      log.info("{} can be used again.", store);
    }
  }

  /** @param why what is wrong and what to check; it must hold no secret and nothing that a caller has sent */
  synchronized void down(String why) {
    known = Known.DOWN;
    if (said.add(why)) {
      log.warn("{} cannot be used: {}. {}", store, why, consequence);
    }
  }

  /** Whether the last attempt could use the store; empty before the first attempt. */
  Optional<Boolean> isUp() {
    Known last = known;
    return last == Known.NOTHING ? Optional.empty() : Optional.of(last == Known.UP);
  }

  boolean isDown() {
    return known == Known.DOWN;
  }
}
