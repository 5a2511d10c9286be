package dev.knatter.core.page;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Places as bytes: what is there, in one byte, then 16 to 88 bytes of it. */
final class PlaceCodec {
  private static final int WAITING = 1;
  private static final int GROWING = 2;

  private PlaceCodec() {}

  static void write(DataOutputStream out, Place place) throws IOException {
    out.writeByte((place.waiting() == null ? 0 : WAITING) | (place.growing() == null ? 0 : GROWING));
    write(out, place.at());
    write(out, place.waiting());
    write(out, place.growing());
  }

  static Place read(DataInputStream in) throws IOException {
    int parts = in.readUnsignedByte();
    if (parts > (WAITING | GROWING)) {
      throw new IOException("not a place");
    }
    return new Place(readId(in), (parts & WAITING) == 0 ? null : readStretch(in),
        (parts & GROWING) == 0 ? null : readStretch(in));
  }

  private static void write(DataOutputStream out, @Nullable Stretch stretch) throws IOException {
    if (stretch != null) {
      write(out, stretch.from());
      write(out, stretch.to());
      out.writeInt(stretch.tally().count());
      out.writeLong(stretch.tally().sum());
    }
  }

  private static Stretch readStretch(DataInputStream in) throws IOException {
    return new Stretch(readId(in), readId(in), new Tally(in.readInt(), in.readLong()));
  }

  static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  static UUID readId(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
