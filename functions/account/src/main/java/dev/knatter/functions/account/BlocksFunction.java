package dev.knatter.functions.account;

import java.util.UUID;

import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.Usernames;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.DomainError.NotFound;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Blocks and unblocks people for the caller, and lists them. */
final class BlocksFunction {
  private final Blocks blocks;
  private final Usernames names;

  BlocksFunction(Blocks blocks, Usernames names) {
    this.blocks = blocks;
    this.names = names;
  }

  Message<String> block(Message<BlockQuery> message) {
    blocks.block(Caller.of(message).identity(), named(message));
    return NoContent.MESSAGE;
  }

  Message<String> unblock(Message<BlockQuery> message) {
    blocks.unblock(Caller.of(message).identity(), named(message));
    return NoContent.MESSAGE;
  }

  Message<BlocksAnswer> list(Message<NoInput> message) {
    return new GenericMessage<>(
        BlocksAnswer.of(names.of(blocks.of(Caller.of(message).identity().userId()))));
  }

  private UUID named(Message<BlockQuery> message) {
    return names.id(message.getPayload().username())
      .orElseThrow(() -> new NotFound("There is no such user."));
  }
}
