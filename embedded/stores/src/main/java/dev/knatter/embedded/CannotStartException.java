package dev.knatter.embedded;

/** A store cannot start. The message tells the person at the terminal what is wrong and what to do. */
public final class CannotStartException extends RuntimeException {
  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
