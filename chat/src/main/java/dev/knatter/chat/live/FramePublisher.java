package dev.knatter.chat.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.LiveFrame.MessageFrame;
import dev.knatter.chat.live.LiveFrame.Numbers;
import dev.knatter.chat.live.Proxies.Item;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageViews;

/**
 * Publishes frames to all who hold connections: in Redis to our own processes, and then to the proxies. Each method returns false
 * if a proxy has not accepted all. Redis promises nothing, so it does not count.
 */
public final class FramePublisher {
  private static final int ITEMS_AT_ONCE = 256;
  /** Of all frames in one request to a proxy, in characters. Pushpin takes a million bytes, and has each frame in two forms. */
  private static final int CHARACTERS_AT_ONCE = 128 * 1024;

  private final Bell bell;
  private final Proxies proxies;
  private final MessageViews views;
  private final LiveFrame.Writer writer;

  public FramePublisher(Bell bell, Proxies proxies, MessageViews views, LiveFrame.Writer writer) {
    this.bell = bell;
    this.proxies = proxies;
    this.views = views;
    this.writer = writer;
  }

  /** Publishes a frame to users, with numbers. */
  boolean publish(List<UUID> users, LiveFrame frame) {
    byte[] json = writer.write(frame);
    return tell(users, bell.ring(users, BellMessage.header(), json), json);
  }

  /**
   * Publishes a message to users, as each of them sees it.
   *
   * @param type of the frame
   */
  boolean publish(List<UUID> users, String type, Message message) {
    if (users.isEmpty()) {
      return true;
    }
    String reference = BellMessage.reference(type, message.conversationId(), message.id());
    if (!message.reacted() || message.isDeleted()) {
      byte[] json = writer.write(new MessageFrame(type, views.of(message, users.getFirst()), null));
      return tell(users, json.length > Bell.LONGEST
          ? bell.ring(users, reference, null)
          : bell.ring(users, BellMessage.header(message.id(), message.version()), json), json);
    }
    // Each reader sees which reactions are their own.
    Map<UUID, Numbers> numbers = bell.ring(users, reference, null);
    if (!proxies.exist()) {
      return true;
    }
    List<Item> items = new ArrayList<>();
    var seen = views.of(message, users);
    for (int i = 0; i < users.size(); i++) {
      byte[] json = writer.write(new MessageFrame(type, seen.get(i), null));
      items.add(item(Channel.user(users.get(i)), Bell.numbered(json, numbers.get(users.get(i)))));
    }
    return accept(items);
  }

  /** Publishes to users a frame that may be lost, without numbers. */
  void hint(List<UUID> users, LiveFrame frame) {
    byte[] json = writer.write(frame);
    List<String> channels = users.stream().map(Channel::user).toList();
    bell.publish(channels, json, /* isLast= */ false);
    if (proxies.exist()) {
      boolean _ = accept(channels.stream().map(channel -> item(channel, json)).toList());
    }
  }

  /** Ends the connections of channels. */
  public boolean end(List<String> channels, Bye bye) {
    byte[] json = writer.write(bye);
    bell.publish(channels, json, /* isLast= */ true);
    String text = text(json);
    return !proxies.exist()
        || accept(channels.stream().map(channel -> new Item(channel, text, /* isLast= */ true)).toList());
  }

  private boolean tell(List<UUID> users, Map<UUID, Numbers> numbers, byte[] json) {
    return !proxies.exist() || accept(users.stream()
      .map(user -> item(Channel.user(user), Bell.numbered(json, numbers.get(user))))
      .toList());
  }

  private boolean accept(List<Item> items) {
    boolean all = true;
    List<Item> some = new ArrayList<>();
    int characters = 0;
    for (Item item : items) {
      if (some.size() == ITEMS_AT_ONCE
          || (!some.isEmpty() && characters + item.frame().length() > CHARACTERS_AT_ONCE)) {
        all &= proxies.accept(List.copyOf(some));
        some.clear();
        characters = 0;
      }
      some.add(item);
      characters += item.frame().length();
    }
    return (some.isEmpty() || proxies.accept(List.copyOf(some))) && all;
  }

  private static Item item(String channel, byte[] json) {
    return new Item(channel, text(json), /* isLast= */ false);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
