package dev.knatter.functions.account;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.knatter.chat.account.DisplayName;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A change of a profile (RFC 7396). A component that is null does not change. An empty one, for which the caller
 * sends null, is removed.
 *
 * @param displayName  1 to 64 characters
 * @param phoneNumber  E.164
 * @param readReceipts whether others see how far the caller has read, and the caller sees it of others; null leaves it
 * @param showLastSeen whether others see when the caller was last here, and the caller sees it of others; null leaves it
 */
@SuppressWarnings("NullableOptional") // null means absent, empty means null in the JSON
public record ProfileChange(@Nullable Optional<String> displayName, @Nullable Optional<String> phoneNumber,
    @Nullable Boolean readReceipts, @Nullable Boolean showLastSeen) {

  /** For adapters that bind with Jackson, which otherwise reads an absent optional as an empty one. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ProfileChange of(Map<String, @Nullable String> fields) {
    return new ProfileChange(field(fields, "displayName"), field(fields, "phoneNumber"),
        flag(fields, "readReceipts"), flag(fields, "showLastSeen"));
  }

  private static @Nullable Boolean flag(Map<String, @Nullable String> fields, String name) {
    return switch (fields.get(name)) {
      case null -> null;
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " is no boolean");
    };
  }

  private static @Nullable Optional<String> field(Map<String, @Nullable String> fields, String name) {
    return fields.containsKey(name) ? Optional.ofNullable(fields.get(name)) : null;
  }

  void check() {
    Checks checks = new Checks();
    if (displayName != null) {
      DisplayName.check(checks, displayName.orElse(null), "/displayName");
    }
    if (phoneNumber != null) {
      NewAccount.checkPhoneNumber(checks, phoneNumber.orElse(null), "/phoneNumber");
    }
    checks.done();
  }

  /** Leaves the values out, because the text may be logged. */
  @Override
  public String toString() {
    return "ProfileChange";
  }
}
