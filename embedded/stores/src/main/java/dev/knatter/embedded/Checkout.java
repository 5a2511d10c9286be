package dev.knatter.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree in which this class was built. Embedded stores work only there, because they are never deployed. */
public final class Checkout {
  private static final Path ROOT = find();

  private Checkout() {}

  /** Returns the folder of the parent pom. */
  public static Path root() {
    return ROOT;
  }

  private static Path find() {
    Path classes = Path.of(location());
    for (Path folder = classes.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException(classes + " is not inside of a source tree of Knatter");
  }

  private static URI location() {
    try {
      return Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
