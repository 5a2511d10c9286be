package dev.knatter.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.packaging.launch.Fingerprint;
import dev.knatter.packaging.launch.Launcher;

/** The classes that each packaged program has besides its own. */
final class LauncherFiles {
  private static final List<Class<?>> CLASSES = List.of(Launcher.class, Fingerprint.class);

  private LauncherFiles() {}

  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new HashMap<>();
    for (Class<?> type : CLASSES) {
      String name = type.getName().replace('.', '/') + ".class";
      files.put(name, read(name));
    }
    return files;
  }

  private static byte[] read(String name) {
    try (InputStream in = LauncherFiles.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not there.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
