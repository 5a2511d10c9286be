package dev.knatter.adapter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content codings that a request accepts (RFC 9110 §8.4, §12.5.3): gzip, and none.
 *
 * @param gzip  whether the answer may be compressed, and the client does not prefer it uncompressed
 * @param plain whether the answer may be uncompressed
 */
record ContentCodings(boolean gzip, boolean plain) {
  private static final Pattern CODING = Pattern.compile(
      "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:;\\s*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*)?");
  private static final ContentCodings PLAIN = new ContentCodings(false, true);
  private static final double UNSPECIFIED = -1;

  /** @param fields the values of Accept-Encoding; malformed elements are ignored */
  static ContentCodings accepted(List<String> fields) {
    if (fields.isEmpty()) {
      return PLAIN;
    }
    double gzip = UNSPECIFIED;
    double plain = UNSPECIFIED;
    double other = UNSPECIFIED;
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
    gzip = gzip == UNSPECIFIED ? other : gzip;
    plain = plain == UNSPECIFIED ? other : plain;
    return new ContentCodings(gzip > 0 && gzip >= plain, plain != 0);
  }

  /** @param fields the values of Content-Encoding */
  static boolean areNone(List<String> fields) {
    return fields.stream().allMatch(field -> field.isBlank() || field.strip().equalsIgnoreCase("identity"));
  }
}
