package dev.knatter.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/** Compresses bodies. */
final class Gzip {
  private Gzip() {}

  static byte[] of(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream output = new GZIPOutputStream(compressed)) {
      output.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** The client can read each part as soon as it has arrived. A last part more ends the stream. */
  static Iterator<byte[]> of(Iterator<byte[]> parts) {
    return new Parts(parts);
  }

  private static final class Parts implements Iterator<byte[]> {
    private final Iterator<byte[]> parts;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream output;
    private boolean ended;

    Parts(Iterator<byte[]> parts) {
      this.parts = parts;
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public byte[] next() {
      if (ended) {
        throw new NoSuchElementException();
      }
      compressed.reset();
      try {
        if (output == null) {
          output = new GZIPOutputStream(compressed, /* syncFlush= */ true);
        }
        if (parts.hasNext()) {
          output.write(parts.next());
          output.flush();
        } else {
          output.close();
          ended = true;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return compressed.toByteArray();
    }
  }
}
