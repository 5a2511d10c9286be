package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

import dev.knatter.embedded.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the program of the README, as it stands there. */
final class ReadmeProgramTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("class (\\w+)");
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir
  private Path folder;

  @Test
  void program_compiledAsWritten_sendsAndFollows() throws Exception {
    String program = first(BLOCK, Files.readString(Checkout.root().resolve("README.md")));
    assertThat(program.lines()).hasSizeLessThanOrEqualTo(20);
    String name = first(NAME, program);
    Path source = Files.writeString(folder.resolve(name + ".java"), program);
    assertThat(ToolProvider.getSystemJavaCompiler()
      .run(null, null, null, "--release", "17", "-Xlint:all,-classfile,-options,-path", "-Werror", "-cp",
          CLASS_PATH,
          "-d", folder.toString(), source.toString()))
      .isZero();
    assertThat(run(name, product.address())).contains("Hello, Grace");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private String run(String main, String address) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", folder + File.pathSeparator + CLASS_PATH, main, address))
      .redirectErrorStream(true)
      .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
