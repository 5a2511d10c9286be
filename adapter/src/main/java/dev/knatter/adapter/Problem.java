package dev.knatter.adapter;

/** Every error the adapter itself answers. The names are part of the API: they never change. */
enum Problem {
  INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
  FORBIDDEN(403, "forbidden", "This is not allowed"),
  NOT_FOUND(404, "not-found", "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "This method is not available here"),
  NOT_ACCEPTABLE(406, "not-acceptable", "There is no answer of such a type"),
  REQUEST_TIMEOUT(408, "request-timeout", "The request did not arrive in time"),
  LENGTH_REQUIRED(411, "length-required", "A body is needed here, and none is announced"),
  TOO_LARGE(413, "too-large", "The body is too large"),
  LINE_TOO_LARGE(414, "too-large", "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "This content type is not accepted here"),
  UNSUPPORTED_CODING(415, "unsupported-media-type",
      "No Content-Encoding is accepted here: send the body as it is"),
  EXPECTATION_FAILED(417, "expectation-failed", "Only 100-continue can be expected"),
  UPGRADE_REQUIRED(426, "upgrade-required", "Another version of WebSocket is needed"),
  HEADERS_TOO_LARGE(431, "too-large", "The header section is too large"),
  INTERNAL(500, "internal", "Something went wrong on our side"),
  UNAVAILABLE(503, "unavailable", "Not available at the moment");

  private final int status;
  private final String id;
  private final String title;

  Problem(int status, String id, String title) {
    this.status = status;
    this.id = id;
    this.title = title;
  }

  int status() {
    return status;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }
}
