package dev.knatter.functions.conversations;

import java.util.ArrayList;
import java.util.List;

import dev.knatter.chat.group.Groups;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** Lists of usernames, as callers write them. */
final class Names {
  private Names() {}

  /** Adds an error if there are too many, or one is null. */
  static List<String> check(Checks checks, List<@Nullable String> names, String pointer) {
    checks.require(names.size() <= Groups.MAX_ADDED, pointer,
        "must be at most " + Groups.MAX_ADDED + " usernames");
    List<String> present = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      checks.require(name != null, pointer + "/" + i, "must be the name of a user");
      present.add(name == null ? "" : name);
    }
    return present;
  }
}
