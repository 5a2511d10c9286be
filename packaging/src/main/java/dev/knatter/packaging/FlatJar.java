package dev.knatter.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One jar out of a class path: the same class path gives the same bytes. Entries are sorted, and not compressed, since
 * images compress their layers. Where a library has variants of a class for several JDKs, only the one for ours is there.
 */
final class FlatJar {
  /** A whole second: file systems and images keep no less, and the AOT cache knows its jar by the time. */
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MOST_ENTRIES = 0xffff;

  private final SortedMap<String, byte[]> entries = new TreeMap<>();

  private FlatJar() {}

  /**
   * @param classPath of which the first to have a file wins
   * @param carried   files that are there as well, by name
   * @throws IllegalStateException where two files of the same name differ, and both would be needed
   */
  static FlatJar of(List<Path> classPath, Map<String, byte[]> carried) {
    FlatJar flat = new FlatJar();
    carried.forEach(flat::add);
    try {
      for (Path element : classPath) {
        flat.addAll(element, Files.isDirectory(element) ? ofFolder(element) : ofJar(element));
      }
      return flat;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, byte[]> ofFolder(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static SortedMap<String, byte[]> ofJar(Path path) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile(), /* verify= */ false, ZipFile.OPEN_READ,
        Runtime.version())) {
      Stream<JarEntry> visible = jar.isMultiRelease()
          ? jar.versionedStream() // under their plain names, as a JVM of our version sees them
          : jar.stream();
      for (JarEntry entry : visible.filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  private void addAll(Path from, SortedMap<String, byte[]> files) {
    files.forEach((name, content) -> {
      if (ResourceFilter.isLegal(name)) {
        // The licences ask to be passed on, and all have the same names.
        add("META-INF/legal/" + ResourceFilter.library(from) + "/"
            + name.substring(name.lastIndexOf('/') + 1),
            content);
      } else if (!ResourceFilter.isDropped(name)) {
        add(name, content);
      }
    });
  }

  private void add(String name, byte[] content) {
    byte[] first = entries.putIfAbsent(name, content);
    if (first == null || Arrays.equals(first, content)) {
      return;
    }
    if (!ResourceFilter.isMerged(name)) {
      throw new IllegalStateException(
          "Two libraries have different files " + name + ": say which one is wanted.");
    }
    entries.put(name, ResourceFilter.merge(name, first, content));
  }

  void write(Path jar) {
    if (entries.size() >= MOST_ENTRIES) {
      throw new IllegalStateException("Too many files for one jar: " + entries.size());
    }
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
          ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
        put(zip, JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          put(zip, entry.getKey(), entry.getValue());
        }
      }
      Files.setLastModifiedTime(jar, FileTime.from(TIME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    // Local time, or the bytes would depend on the time zone.
    entry.setTimeLocal(LocalDateTime.ofInstant(TIME, ZoneOffset.UTC));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
