package dev.knatter.shared.store.resp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis' answer to a command that it did not execute; the text begins with a code in capitals, such as NOSCRIPT. */
public record Refusal(String text) {
  private static final Pattern INSIDE = Pattern.compile("^ERR Error running script .*: -([A-Z]{2,20}) ");

  public boolean is(String code) {
    return text.startsWith(code);
  }

  /**
   * The code alone; ERR where there is none. The rest of the text may hold what was sent. Redis 6 puts the code of a command
   * that fails inside of a script behind words of its own.
   */
  public String code() {
    Matcher inner = INSIDE.matcher(text);
    if (inner.find()) {
      return inner.group(1);
    }
    String first = text.split(" ", 2)[0];
    return first.matches("[A-Z]{2,20}") ? first : "ERR";
  }
}
