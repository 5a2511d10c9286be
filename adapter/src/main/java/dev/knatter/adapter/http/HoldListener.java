package dev.knatter.adapter.http;

/** What happens on a held connection. Every call but {@link #closed} comes from its event loop, so none may block. */
public interface HoldListener {

  /** The client has the head of the answer. */
  void opened(HeldConnection connection);

  /** A text of a WebSocket's client. The next one is read when {@link HeldConnection#readNext} is called. */
  void text(String text);

  /**
   * The server stops, or the connection is as old as it may get: the listener has to end it soon. Comes once at most.
   *
   * @param stops whether the server stops, and with it all its connections at once
   */
  void ending(boolean stops);

  /** The client does not take what is written: the listener has to end the connection now. */
  void slow();

  /** The connection has ended, or could not be held. Comes once, and nothing comes after it. */
  void closed();
}
