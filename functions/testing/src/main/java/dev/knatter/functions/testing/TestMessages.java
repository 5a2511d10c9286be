package dev.knatter.functions.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;

/** Messages that are stored before a test, and what has become of them. */
public final class TestMessages implements AutoCloseable {
  private final Installation installation;
  private final Outbox outbox;
  private final MessageLog log;
  private final Timeline timeline;

  public TestMessages(Installation installation) {
    Cassandra cassandra = installation.stores().cassandra();
    Random random = new Random();
    Slices slices = new Slices(cassandra, installation.stores().clock());
    this.installation = installation;
    this.outbox = new Outbox(cassandra, new Inbox(cassandra), installation.ids(), random);
    this.log = new MessageLog(cassandra, installation.stores().clock(), random, slices, outbox);
    this.timeline = new Timeline(cassandra, slices);
  }

  /** Stores a message in the direct conversation of two users. */
  public Message send(Identity from, Identity to, String content) {
    return send(Conversation.direct(from.userId(), to.userId()), from, content);
  }

  /** Stores a message in a conversation. */
  public Message send(Conversation conversation, Identity from, String content) {
    return log.append(new Draft(conversation, from.userId(), content, "text/plain", null, null),
        installation.ids().mint())
      .message();
  }

  /** The message as it is stored now. */
  public Message present(Message message) {
    UUID id = message.id();
    Message found = timeline.findAll(message.conversationId(), List.of(id)).get(id);
    if (found == null) {
      throw new IllegalStateException("There is no message " + id);
    }
    return found;
  }

  /**
   * The members of a request body that names the message, and more.
   *
   * @param more names and values, alternating
   */
  public static Map<String, Object> naming(Message message, Object... more) {
    Map<String, Object> body = new HashMap<>();
    body.put("conversationId", message.conversationId().toString());
    body.put("id", message.id().toString());
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return body;
  }

  @Override
  public void close() {
    outbox.close();
  }
}
