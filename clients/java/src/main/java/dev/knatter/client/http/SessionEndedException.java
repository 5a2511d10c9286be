package dev.knatter.client.http;

/** There is no session, or it has ended: log in. */
public final class SessionEndedException extends KnatterException {
  private static final long serialVersionUID = 1L;

  public SessionEndedException(String message) {
    super(message, null);
  }
}
