package dev.knatter.functions.conversations;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list, not checked yet.
 *
 * @param limit  1 to 100; 50 if absent
 * @param before the {@code next} of the page before; null for the first page
 */
public record ListQuery(@Nullable Integer limit, @Nullable String before) {
  private static final int DEFAULT = 50;
  private static final int MOST = 100;

  int checkedLimit() {
    Checks checks = new Checks();
    int checked = limit(checks, limit);
    checks.done();
    return checked;
  }

  static int limit(Checks checks, @Nullable Integer limit) {
    checks.require(limit == null || (limit >= 1 && limit <= MOST), "/limit", "must be 1 to " + MOST);
    return limit == null ? DEFAULT : limit;
  }
}
