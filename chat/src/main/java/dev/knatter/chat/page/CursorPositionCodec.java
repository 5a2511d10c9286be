package dev.knatter.chat.page;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Encodes positions as bytes, 17 to 179 of them: the key; then a byte that is 1 if there is an unsettled range; then
 * the range's two keys, a bit for each of its sums that is not zero, and those sums.
 */
final class CursorPositionCodec {
  private CursorPositionCodec() {}

  static void write(DataOutputStream out, CursorPosition position) throws IOException {
    write(out, position.at());
    UnsettledRange unsettled = position.unsettled();
    out.writeBoolean(unsettled != null);
    if (unsettled != null) {
      write(out, unsettled.from());
      write(out, unsettled.to());
      write(out, unsettled.handedOut());
    }
  }

  static CursorPosition read(DataInputStream in) throws IOException {
    UUID at = readId(in);
    return new CursorPosition(at,
        in.readBoolean() ? new UnsettledRange(readId(in), readId(in), readSums(in)) : null);
  }

  private static void write(DataOutputStream out, KeySums keys) throws IOException {
    int present = 0;
    for (int group = 0; group < KeySums.GROUPS; group++) {
      present |= keys.sum(group) == 0 ? 0 : 1 << group;
    }
    out.writeShort(present);
    for (int group = 0; group < KeySums.GROUPS; group++) {
      if (keys.sum(group) != 0) {
        out.writeLong(keys.sum(group));
      }
    }
  }

  private static KeySums readSums(DataInputStream in) throws IOException {
    int present = in.readUnsignedShort();
    long[] sums = new long[KeySums.GROUPS];
    for (int group = 0; group < KeySums.GROUPS; group++) {
      sums[group] = (present & 1 << group) == 0 ? 0 : in.readLong();
    }
    return KeySums.ofSums(sums);
  }

  /**
   * Reads a position of the first version: a byte of flags, the key, and up to two ranges, each with a count and a
   * sum of its keys. A count and a sum do not identify single keys, so the walk starts again at the beginning of the
   * first range.
   */
  static CursorPosition readFirstVersion(DataInputStream in, Direction direction) throws IOException {
    int ranges = in.readUnsignedByte();
    UUID at = readId(in);
    @Nullable
    UUID restart = null;
    for (int i = 0; i < Integer.bitCount(ranges); i++) {
      UUID from = readId(in);
      UUID to = readId(in);
      in.skipNBytes(Integer.BYTES + Long.BYTES);
      restart = restart == null ? (direction == Direction.AFTER ? from : to) : restart;
    }
    return CursorPosition.at(restart == null ? at : restart);
  }

  static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  static UUID readId(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
