package dev.knatter.client.http;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Why an operation has no result. */
public abstract sealed class KnatterException extends RuntimeException
    permits ProblemException, NoAnswerException, SessionEndedException {
  private static final long serialVersionUID = 1L;

  KnatterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** How long the server asks to wait before the request is sent again; zero where it says nothing. */
  public Duration retryAfter() {
    return Duration.ZERO;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }
}
