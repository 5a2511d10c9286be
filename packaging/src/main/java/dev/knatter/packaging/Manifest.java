package dev.knatter.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The hashes of all files of a program, those of the runtime as well, as {@code sha256sum} writes and checks them. It is
 * written last: a folder without it is not a whole package.
 */
final class Manifest {
  static final String NAME = "manifest.sha256";
  private static final int CHUNK = 1 << 16;

  private Manifest() {}

  /** @param runtime beside the folder */
  static void write(Path folder, Path runtime) throws IOException {
    Files.writeString(folder.resolve(NAME), text(folder, runtime));
  }

  /** Says what is wrong with a folder; empty if nothing is. */
  static String check(Path folder, Path runtime) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return folder + " is not a packaged program, or not all of one";
    }
    List<String> noted = Files.readAllLines(file);
    List<String> found = text(folder, runtime).lines().toList();
    return Stream.concat(noted.stream().filter(line -> !found.contains(line)),
        found.stream().filter(line -> !noted.contains(line)))
      .findFirst()
      .map(line -> folder.resolve(line.substring(line.indexOf(' ') + 2)).normalize()
          + " is not what was packaged")
      .orElse("");
  }

  private static String text(Path folder, Path runtime) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path part : List.of(folder, runtime)) {
      if (!Files.isDirectory(part)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(part, FileVisitOption.FOLLOW_LINKS)) {
        for (Path path : files.filter(Files::isRegularFile).toList()) {
          if (!path.equals(folder.resolve(NAME))) {
            hashes.put(folder.relativize(path).toString(), sha256(path));
          }
        }
      }
    }
    StringBuilder text = new StringBuilder();
    hashes.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
    return text.toString();
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
