package dev.knatter.chat.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of the most common passwords, which an attacker tries first. The file has one password a line, in lower case. */
final class CommonPasswords {
  private CommonPasswords() {}

  /** A holder class, so that the file is read at its first use. Most processes never need it. */
  private static final class Lines {
    static final Set<String> ALL = read();

    private Lines() {}

    private static Set<String> read() {
      try (BufferedReader in = new BufferedReader(new InputStreamReader(Objects
        .requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt")),
          StandardCharsets.UTF_8))) {
        return in.lines().collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether a password is in the list. Upper and lower case do not matter. */
  static boolean contains(String password) {
    return Lines.ALL.contains(password.toLowerCase(Locale.ROOT));
  }
}
