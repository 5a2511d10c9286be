package dev.knatter.client.http;

import org.jspecify.annotations.Nullable;

/**
 * Nothing came back that is an answer of the product: no connection, a connection that broke, silence, or something that a
 * device on the way has answered. Whether the request was carried out is not known.
 */
public final class NoAnswerException extends KnatterException {
  private static final long serialVersionUID = 1L;

  public NoAnswerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public NoAnswerException(String message) {
    this(message, null);
  }
}
