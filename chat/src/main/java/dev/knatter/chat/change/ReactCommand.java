package dev.knatter.chat.change;

import dev.knatter.chat.reaction.Emoji;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The checked input of a reaction. remove: whether it is taken back. */
public record ReactCommand(MessageName message, Emoji emoji, boolean remove) {

  /** Checks the caller's values and adds errors to {@code checks}. The result may be used only if there are none. */
  public static ReactCommand check(Checks checks, @Nullable String conversationId, @Nullable String id,
      @Nullable String emoji, @Nullable Boolean remove) {
    return new ReactCommand(MessageName.check(checks, conversationId, id),
        Emoji.check(checks, emoji, "/emoji"), remove != null && remove);
  }
}
