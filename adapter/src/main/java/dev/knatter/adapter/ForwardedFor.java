package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.knatter.adapter.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which proxies write whose request they forward: {@code X-Forwarded-For}, and {@code Forwarded} (RFC
 * 7239).
 */
final class ForwardedFor {
  /** Does not match where quotes are not closed: a quote that the caller left open must not hide what a proxy added. */
  private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"?)([^\";]*)\\1\\s*(?:;|$)",
      Pattern.CASE_INSENSITIVE);

  /**
   * RFC 7239 §6, and IPv6 addresses without brackets, as in X-Forwarded-For. A zone is ignored: it has a meaning only
   * on the proxy's machine.
   */
  private static final Pattern NODE = Pattern.compile("(\"?)(?:(?:([0-9.]+)|\\[([0-9a-f:.]+)(?:%[^\\]]*)?])"
      + "(?::(?:\\d{1,5}|_[a-z0-9._-]+))?|([0-9a-f:.]+)(?:%[^\"]*)?)\\1", Pattern.CASE_INSENSITIVE);

  private ForwardedFor() {}

  /**
   * The entries in order, each as a proxy wrote it. {@code Forwarded} counts only where there is no {@code X-Forwarded-For} at
   * all: a proxy that writes one of the fields passes on the other as the caller wrote it.
   */
  static List<String> nodes(RequestHead head) {
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

  /** The address in an entry, without its port; null where there is none, as in {@code unknown} and {@code _hidden}. */
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
