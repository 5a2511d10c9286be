package dev.knatter.chat.page;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Places as bytes: the key; then, where there is a stretch, 1, its two keys, a bit for each of its sums that is not zero, and
 * those sums. 17 to 179 bytes.
 */
final class CursorPositionCodec {
  private CursorPositionCodec() {}

  static void write(DataOutputStream out, CursorPosition place) throws IOException {
    write(out, place.at());
    UnsettledRange young = place.young();
    out.writeBoolean(young != null);
    if (young != null) {
      write(out, young.from());
      write(out, young.to());
      write(out, young.handedOut());
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
   * A place of the first version: what is there in one byte, the key, and up to two stretches, each with a count and a sum of
   * its keys. Those say nothing about single keys, so the walk begins again where the first stretch does.
   */
  static CursorPosition readFirstVersion(DataInputStream in, Direction direction) throws IOException {
    int stretches = in.readUnsignedByte();
    UUID at = readId(in);
    @Nullable
    UUID again = null;
    for (int i = 0; i < Integer.bitCount(stretches); i++) {
      UUID from = readId(in);
      UUID to = readId(in);
      in.skipNBytes(Integer.BYTES + Long.BYTES);
      again = again == null ? (direction == Direction.AFTER ? from : to) : again;
    }
    return CursorPosition.at(again == null ? at : again);
  }

  static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  static UUID readId(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
