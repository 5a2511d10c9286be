package dev.knatter.functions.webhooks;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.knatter.chat.webhook.WebhookType;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** Reads the types of events that callers send as text. */
final class Types {
  private Types() {}

  /** Adds an error for each unknown type. */
  static Set<String> check(Checks checks, List<@Nullable String> types, String pointer) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      if (type != null && WebhookType.of(type).isPresent()) {
        known.add(type);
      } else {
        checks.require(false, pointer + "/" + i, "must be one of " + String.join(", ", WebhookType.texts()));
      }
    }
    return known;
  }
}
