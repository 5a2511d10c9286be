package dev.knatter.adapter.http;

/** The reasons for which the server refuses a request of any kind. */
public enum Fault {
  /** It is no HTTP request, or where it ends is ambiguous. */
  MALFORMED,
  /** The request line is too long. */
  LINE_TOO_LONG,
  /** The header section is too large. */
  HEADERS_TOO_LARGE,
  /** The body is larger than the plan allows. */
  BODY_TOO_LARGE,
  /** The request did not arrive in time. */
  TOO_SLOW,
  /** It has an Expect field other than 100-continue. */
  EXPECTATION,
  /** The server has no {@link Capacity} left. */
  BUSY
}
