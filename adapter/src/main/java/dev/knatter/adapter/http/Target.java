package dev.knatter.adapter.http;

import java.util.Locale;

/** The request target (RFC 9112 §3.2). */
final class Target {
  private Target() {}

  /** Whether it is in origin, absolute or asterisk form and holds nothing but printable ASCII. */
  static boolean wellFormed(String target, boolean options) {
    if (!target.chars()
      .allMatch(c -> c > ' ' && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\')) {
      return false;
    }
    return target.startsWith("/") || isAbsolute(target) || (options && target.equals("*"));
  }

  /** Origin form of the target: an absolute one without its scheme and authority. */
  static String pathAndQuery(String target) {
    if (!isAbsolute(target)) {
      return target;
    }
    int authority = target.indexOf("//") + 2;
    int path = indexOfEither(target, '/', '?', authority);
    if (path == target.length()) {
      return "/";
    }
    return target.charAt(path) == '?' ? "/" + target.substring(path) : target.substring(path);
  }

  private static boolean isAbsolute(String target) {
    String start = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
    return (start.startsWith("http://") && target.length() > 7)
        || (start.equals("https://") && target.length() > 8);
  }

  private static int indexOfEither(String text, char a, char b, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == a || text.charAt(i) == b) {
        return i;
      }
    }
    return text.length();
  }
}
