package dev.knatter.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/** The part of the JDK that runs us which packaged programs run on. */
final class JavaRuntime {
  /**
   * What Netty asks of {@code java.lang.invoke} while it starts, and which the JDK does not generate beforehand: as
   * {@code -Djava.lang.invoke.MethodHandle.TRACE_RESOLVE=true} tells, with the word fail. A training run records classes, but
   * not these, so that each start would generate and load them: on the way to both stores, a millisecond each.
   */
  private static final List<String> FORMS = List.of("DirectMethodHandle$Holder invokeVirtual LLII_L",
      "DirectMethodHandle$Holder invokeVirtual LLILII_L", "DirectMethodHandle$Holder invokeInterface LL_J",
      "DirectMethodHandle$Holder invokeSpecial L3_J", "DelegatingMethodHandle$Holder reinvoke_L LL_J");

  private JavaRuntime() {}

  /**
   * Links it, without what only a developer needs.
   *
   * @param modules those that the programs name; what these need comes with them
   * @param folder  must not exist
   * @throws IllegalStateException with what jlink said
   */
  static void link(Collection<String> modules, Path folder) throws IOException {
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
    Path security = folder.resolve("conf/security/java.security");
    Files.write(security, withoutComments(Files.readAllLines(security)));
    // The list from which a training run takes what no class asks for by its name.
    Files.write(folder.resolve("lib/classlist"),
        FORMS.stream().map(form -> "@lambda-form-invoker [LF_RESOLVE] java.lang.invoke." + form).toList(),
        StandardOpenOption.APPEND);
  }

  /** Of seventy kilobytes of settings, which each start reads letter by letter, all but three are comments. */
  private static List<String> withoutComments(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  /** Its program {@code java}. */
  static Path java(Path folder) {
    return folder.resolve("bin/java");
  }
}
