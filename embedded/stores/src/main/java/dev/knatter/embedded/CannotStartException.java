package dev.knatter.embedded;

/** A store could not be started. The message is for the person at the terminal: what is wrong and what to do. */
public final class CannotStartException extends RuntimeException {
  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
