package dev.knatter.e2e.deploy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What no log may hold at any level: passwords, tokens, keys, and what people say. Tests make passwords and contents
 * with {@link #text}, so that one search finds them all, also in a hex dump.
 */
public final class Secrets {
  private static final String MARK = "qzxq";
  private static final String HEX = HexFormat.of().formatHex(MARK.getBytes(StandardCharsets.US_ASCII));
  private static final Pattern RECOGNIZABLE = Pattern.compile(
      MARK + "|" + HEX + "|" + HEX.replaceAll("..(?!$)", "$0 ") + "|eyJ[A-Za-z0-9_-]{20,}",
      Pattern.CASE_INSENSITIVE);
  private static final int SHORTEST = 12;

  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /**
   * A text that would be found in a log. The mark is repeated at a distance that shares no factor with the rows of a
   * hex dump: one of them is always whole.
   */
  public static String text(String rest) {
    return (MARK + "-").repeat(4) + rest;
  }

  /** Something that must not be logged and does not bear the mark. Short ones would be found by chance. */
  public void add(String value) {
    if (value.length() >= SHORTEST) {
      values.add(value);
    }
  }

  /** The lines of a log that hold a secret. */
  List<String> revealedBy(String log) {
    Matcher matcher = RECOGNIZABLE.matcher(log);
    Stream<Integer> recognized = matcher.results().map(result -> result.start());
    Stream<Integer> known = values.stream().map(log::indexOf).filter(index -> index >= 0);
    return Stream.concat(recognized, known).map(index -> line(log, index)).distinct().limit(10).toList();
  }

  private static String line(String log, int index) {
    int start = log.lastIndexOf('\n', index) + 1;
    int end = log.indexOf('\n', index);
    return log.substring(start, end < 0 ? log.length() : end);
  }
}
