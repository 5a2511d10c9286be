package dev.knatter.chat.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/** Encodes pages of one conversation as bytes for the cache. If you change the encoding, change {@link #FORMAT}. */
final class PageCodec {
  /** Part of the cache's keys, so that two releases do not read each other's pages. */
  static final String FORMAT = "3";

  private PageCodec() {}

  static byte[] bytes(Page page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, page.next());
      write(out, page.previous());
      out.writeInt(page.messages().size());
      for (Message message : page.messages()) {
        write(out, message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static Page page(UUID conversation, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      CursorPosition next = in.readBoolean() ? CursorPositionCodec.read(in) : null;
      CursorPosition previous = in.readBoolean() ? CursorPositionCodec.read(in) : null;
      int count = in.readInt();
      List<Message> messages = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        messages.add(read(in, conversation));
      }
      return new Page(messages, next, previous);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, @Nullable CursorPosition position) throws IOException {
    out.writeBoolean(position != null);
    if (position != null) {
      CursorPositionCodec.write(out, position);
    }
  }

  private static void write(DataOutputStream out, Message message) throws IOException {
    CursorPositionCodec.write(out, message.id());
    CursorPositionCodec.write(out, message.sender());
    writeId(out, message.recipient());
    writeText(out, message.content());
    writeText(out, message.contentType());
    writeId(out, message.replyTo());
    writeText(out, message.keyId());
    out.writeInt(message.version());
    writeTime(out, message.editedAt());
    writeTime(out, message.deletedAt());
    out.writeBoolean(message.reacted());
  }

  private static Message read(DataInputStream in, UUID conversation) throws IOException {
    return new Message(CursorPositionCodec.readId(in), conversation, CursorPositionCodec.readId(in),
        readId(in),
        present(readText(in)),
        present(readText(in)), readId(in), readText(in), in.readInt(), readTime(in), readTime(in),
        in.readBoolean());
  }

  private static void writeId(DataOutputStream out, @Nullable UUID id) throws IOException {
    out.writeBoolean(id != null);
    if (id != null) {
      CursorPositionCodec.write(out, id);
    }
  }

  private static @Nullable UUID readId(DataInputStream in) throws IOException {
    return in.readBoolean() ? CursorPositionCodec.readId(in) : null;
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void writeTime(DataOutputStream out, @Nullable Instant time) throws IOException {
    out.writeLong(time == null ? Long.MIN_VALUE : time.toEpochMilli());
  }

  private static @Nullable Instant readTime(DataInputStream in) throws IOException {
    long millis = in.readLong();
    return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
  }

  private static String present(@Nullable String text) throws IOException {
    if (text == null) {
      throw new IOException("not a page");
    }
    return text;
  }
}
