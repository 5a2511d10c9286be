package dev.knatter.packaging.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.knatter.embedded.CannotStartException;
import dev.knatter.embedded.Checkout;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.packaging.Packager;

/** {@code ./knatter package}: packages functions into target/package, trained beside stores of their own. */
final class PackageMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private PackageMain() {}

  public static void main(String[] functions) throws IOException, InterruptedException {
    List<String> wanted = functions.length == 0 ? Product.functions() : List.of(functions);
    for (String function : wanted) {
      if (!Product.functions().contains(function)) {
        System.err.printf("There is no function '%s'. usage: ./knatter package [FUNCTION...], of %s%n",
            function,
            String.join(", ", Product.functions()));
        System.exit(WRONG_USE);
      }
    }
    try (Packager packager = Packager.open(Checkout.root().resolve("target/package"), Product.MODULES,
        PackageMain::say)) {
      Path data = packager.scratch().resolve("stores");
      try (Local local = Local.start(new LocalSettings(0, data, Map.of()), true, PackageMain::say)) {
        packager.make(wanted.stream().distinct().map(function -> Product.program(function, local)).toList());
      }
    } catch (IllegalStateException | CannotStartException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
