package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.knatter.adapter.http.Head;
import org.jspecify.annotations.Nullable;

/** What proxies wrote of those who asked them: {@code X-Forwarded-For}, and {@code Forwarded} (RFC 7239). */
final class ForwardedFor {
  /** Where quotes are not closed, nothing is found: what the caller left open must not hide what a proxy added. */
  private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"?)([^\";]*)\\1\\s*(?:;|$)",
      Pattern.CASE_INSENSITIVE);

  /** RFC 7239 §6, and bare IPv6 addresses, as X-Forwarded-For has them. A zone is known on the proxy's machine alone. */
  private static final Pattern NODE = Pattern.compile("(\"?)(?:(?:([0-9.]+)|\\[([0-9a-f:.]+)(?:%[^\\]]*)?])"
      + "(?::(?:\\d{1,5}|_[a-z0-9._-]+))?|([0-9a-f:.]+)(?:%[^\"]*)?)\\1", Pattern.CASE_INSENSITIVE);

  private ForwardedFor() {}

  /**
   * Who asked whom, the last one last, each as a proxy wrote it. {@code Forwarded} counts only where the other field is not
   * there at all: a proxy that writes the one lets through what a caller wrote into the other.
   */
  static List<String> nodes(Head head) {
    List<String> lines = head.values("X-Forwarded-For");
    return lines.isEmpty()
        ? elements(head.values("Forwarded")).map(ForwardedFor::named).toList()
        : elements(lines).toList();
  }

  private static Stream<String> elements(List<String> lines) {
    return lines.stream().flatMap(line -> Stream.of(line.split(",", -1)));
  }

  private static String named(String element) {
    Matcher matcher = FOR.matcher(element);
    return matcher.find() ? matcher.group(2) : "";
  }

  /** The address of a node, whatever its port; null where it has none, as {@code unknown} and {@code _hidden}. */
  static @Nullable InetAddress address(String node) {
    Matcher matcher = NODE.matcher(node.strip());
    if (!matcher.matches()) {
      return null;
    }
    for (int group = 2; group <= matcher.groupCount(); group++) {
      String text = matcher.group(group);
      if (text != null) {
        return AddressRange.address(text);
      }
    }
    return null;
  }
}
