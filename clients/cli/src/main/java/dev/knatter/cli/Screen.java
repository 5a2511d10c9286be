package dev.knatter.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.knatter.client.conversation.Conversation;
import dev.knatter.client.conversation.Kind;
import dev.knatter.client.http.Json;
import dev.knatter.client.message.Message;

/** Shows values: a line for people, or JSON for programs, one value a line. */
final class Screen {
  private final PrintStream out;
  private final boolean json;

  Screen(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  boolean json() {
    return json;
  }

  /** @param text for people; nothing if empty */
  void show(Object value, String text) {
    if (json) {
      showJson(Json.text(value));
    } else if (!text.isEmpty()) {
      write(text);
    }
  }

  void showJson(String line) {
    write(SafeText.json(line));
  }

  private void write(String text) {
    out.println(text);
    if (out.checkError()) { // whoever reads it has gone
      throw new UncheckedIOException(new IOException("The output cannot be written."));
    }
  }

  void show(Message message) {
    show(message, text(message));
  }

  static String text(Message message) {
    String mark = message.deleted() ? " (deleted)" : message.editedAt() != null ? " (edited)" : "";
    StringBuilder reactions = new StringBuilder();
    message.reactions()
      .forEach(kind -> reactions.append("  ").append(SafeText.line(kind.emoji())).append(kind.count()));
    return time(message.sentAt()) + " " + SafeText.line(message.sender()) + mark + ": " + content(message)
        + reactions;
  }

  private static String content(Message message) {
    return message.contentType().startsWith("text/")
        ? SafeText.block(message.content())
        : "(" + SafeText.line(message.contentType()) + ")";
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  void show(Conversation conversation) {
    show(conversation, text(conversation));
  }

  static String text(Conversation conversation) {
    StringBuilder text = new StringBuilder().append(conversation.conversationId()).append("  ");
    text.append(name(conversation));
    if (conversation.unread() != null && conversation.unread() > 0) {
      text.append(" (")
        .append(conversation.unread())
        .append(conversation.more() == null ? "" : "+")
        .append(" new)");
    }
    if (conversation.lastMessage() != null) {
      text.append("\n    ").append(SafeText.line(text(conversation.lastMessage())));
    }
    return text.toString();
  }

  /** The name of a group, or of the people. */
  static String name(Conversation conversation) {
    return conversation.kind() == Kind.GROUP && conversation.name() != null
        ? SafeText.line(conversation.name()) + " [" + conversation.memberCount() + "]"
        : SafeText.line(String.join(", ", conversation.members()));
  }
}
