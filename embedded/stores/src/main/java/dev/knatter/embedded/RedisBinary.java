package dev.knatter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;
import redis.embedded.model.OsArchitecture;

/** The Redis server for this operating system, unpacked once for each checkout. */
final class RedisBinary {
  private static final String MISSING = """
      There is no Redis here for this operating system. Start one (6.2 or later) and say where it is: \
      KNATTER_REDIS_URL=redis://127.0.0.1:6379""";

  private RedisBinary() {}

  static Path path() throws IOException {
    String resourceName = resourceName();
    Path binary = Checkout.root().resolve(".knatter/bin").resolve(resourceName.substring(1));
    if (!Files.isExecutable(binary)) {
      Files.createDirectories(binary.getParent());
      Path copy = Files.createTempFile(binary.getParent(), "redis", ".tmp");
      try (InputStream resource = ExecutableProvider.class.getResourceAsStream(resourceName)) {
        if (resource == null) {
          throw new IOException("no " + resourceName + " on the class path");
        }
        Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      // Another process may unpack at the same time, and must never run half a file.
      Files.move(copy, binary, StandardCopyOption.ATOMIC_MOVE);
    }
    return binary;
  }

  private static String resourceName() {
    try {
      String name = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
      if (name != null) {
        return name;
      }
    } catch (OsArchitectureNotFound | UnknownOSName e) {
      throw new CannotStartException(MISSING, e);
    }
    throw new CannotStartException(MISSING);
  }
}
