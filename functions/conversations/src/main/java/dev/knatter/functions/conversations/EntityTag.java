package dev.knatter.functions.conversations;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.chat.group.Versions;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;

/** The version of a group as an entity tag (RFC 9110 §8.8.3). */
final class EntityTag {
  private static final String HEADER = "If-Match";
  private static final String TAG = "(?:W/)?\"[!#-~]*\"";
  private static final Pattern LIST = Pattern
    .compile("[ \\t]*" + TAG + "(?:[ \\t]*,[ \\t]*" + TAG + ")*[ \\t]*");
  /** Weak tags never match (§13.1.1), and neither does what is no version. */
  private static final Pattern STRONG = Pattern.compile("(?<![^ \\t,])\"([1-9][0-9]{0,8})\"");
  private static final int LONGEST = 1_024;

  private EntityTag() {}

  static String of(int version) {
    return "\"" + version + "\"";
  }

  /** The versions on which a caller insists. For a malformed header an error is added. */
  static Versions wanted(Checks checks, Message<?> message) {
    String header = message.getHeaders().get(HEADER, String.class);
    if (header == null || header.strip().equals("*")) {
      return Versions.ANY;
    }
    boolean isList = header.length() <= LONGEST && LIST.matcher(header).matches();
    checks.require(isList, "/" + HEADER, "must be * or a list of entity tags");
    Set<Integer> versions = new HashSet<>();
    Matcher matcher = STRONG.matcher(isList ? header : "");
    while (matcher.find()) {
      versions.add(Integer.valueOf(matcher.group(1)));
    }
    return Versions.of(versions);
  }
}
