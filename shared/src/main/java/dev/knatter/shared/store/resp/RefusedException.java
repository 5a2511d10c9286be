package dev.knatter.shared.store.resp;

import java.io.IOException;

/** Redis has answered, and executes nothing that is asked of it. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;

  /** @param code in capitals, as {@link Refusal#code} has it; nothing else of the answer, which may hold what was sent */
  public RefusedException(String code) {
    super("Redis refuses: " + code);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
