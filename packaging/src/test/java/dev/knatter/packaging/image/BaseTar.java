package dev.knatter.packaging.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image with one file in it, as {@code docker save} would write it. */
final class BaseTar {
  static final String FILE = "etc/base";
  static final String ENV = "PATH=/usr/bin";

  private BaseTar() {}

  static Path write(Path tar) throws IOException {
    byte[] layer = tar(FILE, "the base\n".getBytes(StandardCharsets.UTF_8));
    String config = """
        {"architecture":"%s","os":"linux","created":"2026-01-01T00:00:00Z","config":{"Env":["%s"]},
         "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", ENV, sha256(layer));
    String manifest = "[{\"Config\":\"config.json\",\"RepoTags\":[\"base:test\"],\"Layers\":[\"layer.tar\"]}]";
    try (OutputStream file = Files.newOutputStream(tar);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      put(out, "config.json", config.getBytes(StandardCharsets.UTF_8));
      put(out, "layer.tar", layer);
      put(out, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    }
    return tar;
  }

  private static byte[] tar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      put(out, name, content);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(0);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
