package dev.knatter.functions.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.knatter.shared.Digest;

/**
 * A file of the site.
 *
 * @param name with its extension, by which browsers learn its type
 */
record SiteFile(String name, String text) {
  private static final int HASH_BYTES = 6;

  /** @param resource its path in the class path */
  static SiteFile read(String name, String resource) {
    try (InputStream in = SiteFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + " in the class path.");
      }
      return new SiteFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another text. */
  SiteFile with(String other) {
    return new SiteFile(name, other);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String type() {
    return switch (extension()) {
      case ".html" -> "text/html; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("No type is known for " + name);
    };
  }

  String hash() {
    return HexFormat.of().formatHex(new Digest().add(text).bytes(), 0, HASH_BYTES);
  }

  /** Its name with the hash of its content. Another content has another name, so caches may keep it for ever. */
  String hashedName() {
    return name.substring(0, name.length() - extension().length()) + "." + hash() + extension();
  }

  private String extension() {
    return name.substring(name.lastIndexOf('.'));
  }
}
