package dev.knatter.core.page;

import java.util.UUID;

/**
 * A part of what a reader was handed that was so young that rows could still land in it: the keys above {@code from},
 * up to {@code to}. Once it is settled, it is looked at a second time; another tally means that something landed late.
 */
record Stretch(UUID from, UUID to, Tally tally) {
  /** @param settled the key up to which nothing lands unannounced any more */
  boolean isSettled(UUID settled) {
    return to.compareTo(settled) <= 0;
  }

  /** This and the stretch that begins where it ends. */
  Stretch join(Stretch above) {
    return new Stretch(from, above.to, tally.plus(above.tally));
  }
}
