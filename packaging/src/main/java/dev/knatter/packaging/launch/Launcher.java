package dev.knatter.packaging.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Runs before the main class of a packaged program. The JVM takes the classes of its AOT cache for those of the jar as long
 * as the jar has the same length and time: with another jar the old code would run, and nobody would know. So this class
 * compares jar and cache with what the packager noted, and ends with 78 (EX_CONFIG of sysexits.h) if they differ.
 */
public final class Launcher {
  /** Beside the jar: a line for each file, with its name and its {@link Fingerprint}. */
  public static final String RECORD = "app.digest";

  private static final int WRONG_INSTALLATION = 78;

  private Launcher() {}

  /** @param args the main class, and its arguments */
  public static void main(String[] args) throws Throwable {
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    String wrong = wrong(jar.resolveSibling(""));
    if (wrong != null) {
      System.err.println(wrong);
      Runtime.getRuntime().halt(WRONG_INSTALLATION);
    }
    Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable String wrong(Path folder) {
    try {
      for (String line : Files.readAllLines(folder.resolve(RECORD))) {
        int space = line.indexOf(' ');
        Path file = folder.resolve(line.substring(0, space));
        if (!line.substring(space + 1).equals(Fingerprint.of(file.toFile()))) {
          return file
              + " is of another build than the files beside it. Copy the whole folder again, or package it anew.";
        }
      }
      return null;
    } catch (IOException e) {
      return folder + " is not complete (" + e.getMessage()
          + "). Copy the whole folder again, or package it anew.";
    }
  }
}
