package dev.knatter.adapter.http;

/** What the server itself has to answer, whatever the request was about. */
public enum Fault {
  /** Not an HTTP request, or one whose extent is ambiguous. */
  MALFORMED,
  /** The request line is too long. */
  LINE_TOO_LONG,
  /** The header section is too large. */
  HEADERS_TOO_LARGE,
  /** The body is larger than the plan allows. */
  BODY_TOO_LARGE,
  /** The request did not arrive in time. */
  TOO_SLOW,
  /** An Expect field other than 100-continue. */
  EXPECTATION,
  /** As much work runs as may run at once. */
  BUSY
}
