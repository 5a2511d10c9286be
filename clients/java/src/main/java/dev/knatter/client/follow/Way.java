package dev.knatter.client.follow;

/** How news comes. */
public enum Way {
  WEBSOCKET,
  /** Server-Sent Events. */
  EVENT_STREAM,
  /** Requests that the server holds back until there is something. Without typing, presence and read marks. */
  LONG_POLL
}
