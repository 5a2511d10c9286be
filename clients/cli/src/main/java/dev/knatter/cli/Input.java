package dev.knatter.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is typed, or comes from another program. */
final class Input {
  private final InputStream in;

  Input(InputStream in) {
    this.in = in;
  }

  /** Typed without being shown, or the first line of the standard input. Never an argument: every process can read those. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's own description says that it may be null
  String password(String username) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Password of %s: ", username);
      return typed == null ? "" : new String(typed);
    }
    try {
      String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of the standard input, without the last line end. */
  String text() {
    try {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
