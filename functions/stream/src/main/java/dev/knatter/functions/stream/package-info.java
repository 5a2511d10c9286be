/**
 * GET /v1/stream: one held connection over which a client gets all that concerns its user, and over which it sends. With POST
 * /v1/stream/ticket, by which a browser opens it, and POST /v1/presence for clients that hold no WebSocket.
 */
@NullMarked
package dev.knatter.functions.stream;

import org.jspecify.annotations.NullMarked;
