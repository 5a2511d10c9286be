package dev.knatter.functions.conversations;

import dev.knatter.chat.group.Groups;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** How many days messages live; 0 for ever. */
final class Retention {
  private Retention() {}

  /** Adds an error if the number of days is not allowed. An absent one is valid. */
  static void check(Checks checks, @Nullable Integer days, String pointer) {
    checks.require(days == null || (days >= 0 && days <= Groups.MAX_RETENTION), pointer,
        "must be 1 to " + Groups.MAX_RETENTION + " days, or 0 for ever");
  }
}
