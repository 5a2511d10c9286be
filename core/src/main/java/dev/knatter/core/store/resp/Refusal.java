package dev.knatter.core.store.resp;

/** Redis' answer to a command that it did not execute; the text begins with a code in capitals, such as NOSCRIPT. */
public record Refusal(String text) {
  public boolean is(String code) {
    return text.startsWith(code);
  }
}
