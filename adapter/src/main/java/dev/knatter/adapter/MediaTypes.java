package dev.knatter.adapter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Content-Type and Accept (RFC 9110 §8.3, §12.5.1), as far as an API needs it that answers with one media type. */
final class MediaTypes {
  static final String ANY = "*/*";
  static final String JSON = "application/json";
  /** Newline-delimited JSON. */
  static final String LINES = "application/x-ndjson";
  /** Server-Sent Events (WHATWG HTML §9.2). */
  static final String EVENT_STREAM = "text/event-stream";
  static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern TYPE = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*((?:;.*)?)");
  private static final Pattern PARAMETER = Pattern
    .compile("\\s*;\\s*(?:(" + TOKEN + ")=(" + TOKEN + "|\"[^\"\\\\]*\"))?\\s*");
  private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

  private MediaTypes() {}

  /** The type in lower case, when it is well-formed and its charset, if it names one, is UTF-8; otherwise null. */
  static @Nullable String ofContent(List<String> fields) {
    Matcher type = TYPE.matcher(fields.size() == 1 ? fields.getFirst() : "");
    if (!type.matches()) {
      return null;
    }
    String charset = parameter(type.group(2), "charset", "utf-8");
    return charset != null && charset.equalsIgnoreCase("utf-8")
        ? type.group(1).toLowerCase(Locale.ROOT)
        : null;
  }

  /**
   * Whether Accept allows an answer of that type. Without a range it allows all; a range that is malformed allows
   * nothing.
   */
  static boolean accepts(List<String> fields, String answer) {
    if (answer.equals(ANY) || fields.stream().allMatch(String::isBlank)) {
      return true;
    }
    int precision = -1;
    boolean accepted = false;
    for (String field : fields) {
      for (String range : field.split(",", -1)) {
        Matcher type = TYPE.matcher(range);
        int matches = type.matches()
            ? List.of(ANY, answer.substring(0, answer.indexOf('/')) + "/*", answer)
              .indexOf(type.group(1).toLowerCase(Locale.ROOT))
            : -1;
        String weight = matches < 0 ? null : parameter(type.group(2), "q", "1");
        if (weight == null || !WEIGHT.matcher(weight).matches() || matches < precision) {
          continue;
        }
        accepted = Double.parseDouble(weight) > 0 || (accepted && matches == precision);
        precision = matches;
      }
    }
    return accepted;
  }

  /** The parameter's value, the default when it is absent, null when the parameters are malformed. */
  private static @Nullable String parameter(String parameters, String name, String otherwise) {
    String found = otherwise;
    Matcher parameter = PARAMETER.matcher(parameters);
    int end = 0;
    while (end < parameters.length()) {
      if (!parameter.find(end) || parameter.start() != end) {
        return null;
      }
      if (name.equalsIgnoreCase(parameter.group(1))) {
        found = parameter.group(2).replace("\"", "");
      }
      end = parameter.end();
    }
    return found;
  }
}
