/**
 * Held connections: WebSocket (RFC 6455) and Server-Sent Events (WHATWG HTML §9.2), held by this process or by a GRIP proxy
 * (<a href="https://pushpin.org/docs/protocols/grip/">GRIP</a>). A function of a stream is called with events of a
 * connection and keeps nothing between two calls.
 */
@NullMarked
package dev.knatter.adapter.stream;

import org.jspecify.annotations.NullMarked;
