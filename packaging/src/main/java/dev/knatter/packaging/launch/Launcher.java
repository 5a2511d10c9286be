package dev.knatter.packaging.launch;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SimpleTimeZone;
import java.util.StringTokenizer;
import java.util.TimeZone;

import org.jspecify.annotations.Nullable;

/**
 * Comes before the main of a packaged program. The JVM takes the classes of its AOT cache for those of the jars as long
 * as these have the same length and time: with another jar the old code would run, and nobody would know. So this
 * compares all with what was noted when the cache was made, and ends with 78 (EX_CONFIG of sysexits.h) if they differ.
 *
 * <p>No lambdas, streams or formatting: this runs in front of everything that a cold start waits for.
 */
public final class Launcher {
  /** Beside the jars: a line for each file, with its name and its {@link Fingerprint}. */
  public static final String RECORD = "app.digest";

  private static final int WRONG_INSTALLATION = 78;

  private Launcher() {}

  /** @param args the main class, and its arguments */
  public static void main(String[] args) throws Throwable {
    String first = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator).nextToken();
    String wrong = wrong(new File(first).getAbsoluteFile().getParentFile());
    if (wrong != null) {
      System.err.println(wrong);
      Runtime.getRuntime().halt(WRONG_INSTALLATION);
    }
    // Nothing here has a time zone. The JDK would read the rules of all that there are, to find that UTC has none.
    TimeZone.setDefault(new SimpleTimeZone(0, "UTC"));
    Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable String wrong(File folder) {
    try (FileInputStream in = new FileInputStream(new File(folder, RECORD))) {
      StringTokenizer words = new StringTokenizer(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
      while (words.hasMoreTokens()) {
        File file = new File(folder, words.nextToken());
        if (!words.nextToken().equals(Fingerprint.of(file))) {
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
