package dev.knatter.tools;

import java.io.IOException;
import java.nio.file.Path;

import dev.knatter.shared.token.KeyFiles;

/** {@code ./knatter keys}: makes the product's keys, and replaces the key of tokens step by step. */
public final class KeysMain {
  private KeysMain() {}

  public static void main(String[] args) throws IOException {
    switch (args.length == 2 ? args[0] : "") {
      case "add" -> new KeyRotation(Path.of(args[1])).add();
      case "use" -> new KeyRotation(Path.of(args[1])).use();
      case "withdraw" -> new KeyRotation(Path.of(args[1])).withdraw();
      default -> {
        if (args.length != 1) {
          throw new IllegalArgumentException("usage: ./knatter keys [add|use|withdraw] DIR");
        }
        KeyFiles.write(Path.of(args[0]));
      }
    }
  }
}
