package dev.knatter.chat.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import dev.knatter.chat.live.LiveFrame.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A message of a topic, for one channel that receives it. In Redis one text is for many channels: a header line of ASCII names
 * them, each with its user's numbers where it has such, and says what follows; after the line comes the frame.
 *
 * @param frame     a JSON object; null if the message only refers to it
 * @param told      which state of which message the frame shows ({@link #state}); null if it shows none that all readers see alike
 * @param reference where to read a frame that is too large for Redis, or that each reader sees differently; else null
 * @param isLast    whether the connections of the channel end after the frame
 */
public record BellMessage(String channel, @Nullable String frame, @Nullable String told,
    @Nullable Reference reference, boolean isLast) {
  /** What separates the channels, in Redis. */
  static final String SEPARATOR = ",";

  private static final char NUMBERS = '=';
  private static final String FRAME = "frame";
  private static final String LAST = "last";
  private static final String REFERENCE = "message";

  /**
   * A message of the chat of which a frame tells.
   *
   * @param type of the frame
   */
  public record Reference(String type, UUID conversation, UUID id, String epoch, long sequence) {
    /** Reads what {@link #text} writes. */
    public static Reference of(String text) {
      String[] parts = text.split(" ", -1);
      return new Reference(parts[0], UUID.fromString(parts[1]), UUID.fromString(parts[2]), parts[3],
          Long.parseLong(parts[4]));
    }

    public String text() {
      return type + " " + conversation + " " + id + " " + epoch + " " + sequence;
    }
  }

  /** One state of a message: its id and version. */
  public static String state(UUID id, int version) {
    return id + ":" + version;
  }

  /** The header of a frame about something else than a message, without the channels. */
  static String header() {
    return FRAME;
  }

  /** The header of a frame about one state of a message. */
  static String header(UUID id, int version) {
    return FRAME + " " + state(id, version);
  }

  /** The header of the last frame of a connection. */
  static String last() {
    return LAST;
  }

  /** The header of a reference. */
  static String reference(String type, UUID conversation, UUID id) {
    return REFERENCE + " " + type + " " + conversation + " " + id;
  }

  /** What follows the channels, in Redis. */
  static byte[] content(String header, byte[] frame) {
    byte[] line = (" " + header + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(line, line.length + frame.length);
    System.arraycopy(frame, 0, all, line.length, frame.length);
    return all;
  }

  /**
   * Reads the messages for some of the channels. There are none if this release does not know what it is.
   *
   * @param isHeard says of a channel whether its message is wanted. The others cost little
   */
  static List<BellMessage> of(byte[] bytes, Predicate<String> isHeard) {
    int end = 0;
    while (end < bytes.length && bytes[end] != ' ') {
      end++;
    }
    String all = new String(bytes, 0, end, StandardCharsets.US_ASCII);
    List<String> receivers = Arrays.stream(all.split(SEPARATOR, -1))
      .filter(receiver -> isHeard.test(channel(receiver)))
      .toList();
    if (receivers.isEmpty()) {
      return List.of();
    }
    String content = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
    int line = content.indexOf('\n');
    if (line < 0) {
      return List.of();
    }
    String[] header = content.substring(0, line).strip().split(" ", -1);
    String frame = content.substring(line + 1);
    try {
      return receivers.stream().flatMap(receiver -> of(receiver, header, frame).stream()).toList();
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      return List.of();
    }
  }

  private static Optional<BellMessage> of(String receiver, String[] header, String frame) {
    String channel = channel(receiver);
    return Optional.ofNullable(switch (header[0]) {
      case FRAME -> new BellMessage(channel,
          receiver.equals(channel) ? frame : Bell.numbered(frame, numbers(receiver)),
          header.length > 1 ? header[1] : null, null, /* isLast= */ false);
      case LAST -> new BellMessage(channel, frame, null, null, /* isLast= */ true);
      case REFERENCE -> {
        Numbers numbers = numbers(receiver);
        yield new BellMessage(channel, null, null, new Reference(header[1], UUID.fromString(header[2]),
            UUID.fromString(header[3]), numbers.epoch(), numbers.sequence()), /* isLast= */ false);
      }
      default -> null;
    });
  }

  private static String channel(String receiver) {
    int end = receiver.indexOf(NUMBERS);
    return end < 0 ? receiver : receiver.substring(0, end);
  }

  private static Numbers numbers(String receiver) {
    int start = receiver.indexOf(NUMBERS) + 1;
    int colon = receiver.indexOf(':', start);
    return new Numbers(receiver.substring(start, colon), Long.parseLong(receiver.substring(colon + 1)));
  }
}
