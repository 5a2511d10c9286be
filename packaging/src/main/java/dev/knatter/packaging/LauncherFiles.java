package dev.knatter.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.packaging.launch.Fingerprint;
import dev.knatter.packaging.launch.Launcher;
import dev.knatter.packaging.launch.Resolver;

/** The files of ours that each packaged program has. */
final class LauncherFiles {
  private static final List<Class<?>> CLASSES = List.of(Launcher.class, Fingerprint.class, Resolver.class);

  private LauncherFiles() {}

  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new HashMap<>();
    for (Class<?> type : CLASSES) {
      String name = type.getName().replace('.', '/') + ".class";
      files.put(name, read(name));
    }
    files.put("META-INF/services/" + InetAddressResolverProvider.class.getName(),
        (Resolver.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
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
