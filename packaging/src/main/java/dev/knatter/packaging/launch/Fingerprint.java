package dev.knatter.packaging.launch;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.CRC32;

/**
 * Tells a file from another build's in less than a millisecond, by its length and a checksum of the part that sums up
 * the rest: of a jar that is the central directory, which holds a CRC-32 of each entry, and of an AOT cache the
 * header, which holds one of each region. It finds mistakes; the manifest, which holds full hashes, finds everything.
 */
public final class Fingerprint {
  /** Of the end of a central directory (APPNOTE.TXT §4.3.16), with no comment behind it. */
  private static final int JAR_END = 22;
  private static final int JAR_END_SIGNATURE = 0x504b0506;
  private static final int DIRECTORY_OFFSET = 16;
  private static final int CACHE_HEADER = 4096;

  private Fingerprint() {}

  /** @throws IOException if it cannot be read, or is called a jar and is none */
  public static String of(File file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
      long length = in.length();
      byte[] part = file.getName().endsWith(".jar") ? directory(in, length) : header(in, length);
      // CRC-32 because the JVM has it in machine code from its first moment on, which a SHA is only once compiled.
      CRC32 crc = new CRC32();
      crc.update(part, 0, part.length);
      return Long.toHexString(length).concat("-").concat(Long.toHexString(crc.getValue()));
    }
  }

  private static byte[] directory(RandomAccessFile in, long length) throws IOException {
    in.seek(Math.max(0, length - JAR_END));
    if (length < JAR_END || in.readInt() != JAR_END_SIGNATURE) {
      throw new IOException("not a jar");
    }
    in.seek(length - JAR_END + DIRECTORY_OFFSET);
    long offset = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    return read(in, offset, length - offset);
  }

  private static byte[] header(RandomAccessFile in, long length) throws IOException {
    return read(in, 0, Math.min(CACHE_HEADER, length));
  }

  private static byte[] read(RandomAccessFile in, long from, long count) throws IOException {
    if (count < 0) {
      throw new IOException("not a jar");
    }
    byte[] bytes = new byte[Math.toIntExact(count)];
    in.seek(from);
    in.readFully(bytes);
    return bytes;
  }
}
