package dev.knatter.client.people;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** What to change of the caller's profile. What is not named stays. */
public final class ProfileChange {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** @param name null to remove it */
  public ProfileChange displayName(@Nullable String name) {
    members.put("displayName", name);
    return this;
  }

  /** @param number E.164; null to remove it */
  public ProfileChange phoneNumber(@Nullable String number) {
    members.put("phoneNumber", number);
    return this;
  }

  /** Whether others see how far the caller has read, and the caller sees it of them. */
  public ProfileChange readReceipts(boolean shown) {
    members.put("readReceipts", shown);
    return this;
  }

  /** Whether others see when the caller was online. */
  public ProfileChange showLastSeen(boolean shown) {
    members.put("showLastSeen", shown);
    return this;
  }

  @JsonValue
  Map<String, @Nullable Object> members() {
    return members;
  }
}
