package dev.knatter.functions.deadletters;

import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The input of the list. before: the {@code next} of the previous page; absent for the newest letters. */
public record ListQuery(@Nullable Integer limit, @Nullable String before) {
  private static final int DEFAULT = 50;
  private static final int MOST = 100;

  int checkedLimit() {
    int checked = limit == null ? DEFAULT : limit;
    if (checked < 1 || checked > MOST) {
      throw new InvalidRequest("/limit", "must be 1 to " + MOST);
    }
    return checked;
  }
}
