package dev.knatter.bench.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM wrote down about the classes that it loaded and initialized, and when, by {@link System#nanoTime}: on one
 * machine that is the same clock in every process.
 */
record ClassLog(long beginNanos, List<Used> initialized, List<String> outside) {
  private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns]\\[class,(load|init)\\s*] (.*)");
  private static final Pattern INITIALIZING = Pattern.compile("\\d+ Initializing '([^']+)'.*");
  private static final String IN_CACHE = " source: shared objects file";

  /** A class, with slashes, when it was first used. */
  record Used(String name, long nanos) {}

  /** What to start a JVM with, so that it writes down what is initialized: some hundred lines. */
  static String initializing(Path file) {
    return "-Xlog:class+init=info" + to(file);
  }

  /** The same for what is loaded: some thousand lines, which slow a start down. */
  static String loading(Path file) {
    return "-Xlog:class+load=info" + to(file);
  }

  private static String to(Path file) {
    return ":file=" + file + ":timenanos,tags:filecount=0";
  }

  static ClassLog read(Path file) throws IOException {
    long begin = 0;
    List<Used> initialized = new ArrayList<>();
    List<String> outside = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        continue;
      }
      long nanos = Long.parseLong(line.group(1));
      begin = begin == 0 ? nanos : begin;
      String what = line.group(3);
      Matcher initializing = INITIALIZING.matcher(what);
      if (initializing.matches()) {
        initialized.add(new Used(initializing.group(1), nanos));
      } else if (what.contains(" source: ") && !what.contains(IN_CACHE)) {
        outside.add(what);
      }
    }
    return new ClassLog(begin, initialized, outside);
  }

  /** When, from a moment on, the first class of this beginning was used. */
  OptionalLong firstUse(String prefix, long sinceNanos) {
    return initialized.stream()
      .filter(used -> used.nanos() >= sinceNanos && used.name().startsWith(prefix))
      .mapToLong(Used::nanos)
      .findFirst();
  }
}
