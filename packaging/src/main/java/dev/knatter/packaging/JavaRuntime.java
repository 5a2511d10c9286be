package dev.knatter.packaging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/** The part of the JDK that runs us which packaged programs run on. */
final class JavaRuntime {
  private JavaRuntime() {}

  /**
   * Links it, without what only a developer needs.
   *
   * @param modules those that the programs name; what these need comes with them
   * @param folder  must not exist
   * @throws IllegalStateException with what jlink said
   */
  static void link(Collection<String> modules, Path folder) {
    ToolProvider jlink = ToolProvider.findFirst("jlink")
      .orElseThrow(() -> new IllegalStateException("jlink is missing: this must run on a whole JDK."));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status = jlink.run(out, out, "--add-modules", String.join(",", new TreeSet<>(modules)), "--output",
        folder.toString(),
        "--strip-java-debug-attributes", "--no-header-files",
        "--no-man-pages");
    if (status != 0) {
      throw new IllegalStateException("jlink has failed: " + said);
    }
  }

  /** Its program {@code java}. */
  static Path java(Path folder) {
    return folder.resolve("bin/java");
  }
}
