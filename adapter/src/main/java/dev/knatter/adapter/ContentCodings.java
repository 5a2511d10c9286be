package dev.knatter.adapter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request says of content codings (RFC 9110 §8.4, §12.5.3), as far as there are any here: gzip, and none.
 *
 * @param gzip  whether an answer may be compressed, and is not liked better as it is
 * @param plain whether it may be left as it is
 */
record ContentCodings(boolean gzip, boolean plain) {
  private static final Pattern CODING = Pattern.compile(
      "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:;\\s*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*)?");
  private static final ContentCodings UNASKED = new ContentCodings(false, true);
  private static final double UNSAID = -1;

  /** @param fields the values of Accept-Encoding; whatever of it cannot be understood is passed over */
  static ContentCodings accepted(List<String> fields) {
    if (fields.isEmpty()) {
      return UNASKED;
    }
    double gzip = UNSAID;
    double plain = UNSAID;
    double other = UNSAID;
    for (String item : String.join(",", fields).split(",", -1)) {
      Matcher coding = CODING.matcher(item);
      if (coding.matches()) {
        double weight = coding.group(2) == null ? 1 : Double.parseDouble(coding.group(2));
        switch (coding.group(1).toLowerCase(Locale.ROOT)) {
          case "gzip", "x-gzip" -> gzip = weight;
          case "identity" -> plain = weight;
          case "*" -> other = weight;
          default -> {
          }
        }
      }
    }
    gzip = gzip == UNSAID ? other : gzip;
    plain = plain == UNSAID ? other : plain;
    return new ContentCodings(gzip > 0 && gzip >= plain, plain != 0);
  }

  /** @param fields the values of Content-Encoding */
  static boolean areNone(List<String> fields) {
    return fields.stream().allMatch(field -> field.isBlank() || field.strip().equalsIgnoreCase("identity"));
  }
}
