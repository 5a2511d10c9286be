package dev.knatter.adapter.http;

import java.time.Duration;

/**
 * How a connection goes on after an answer that does not end: as a WebSocket or as an event stream.
 *
 * @param webSocket  whether it becomes a WebSocket; the request has been checked by {@link WebSocketRequest}
 * @param maxMessage the largest message of a WebSocket's client in bytes, whole or in fragments
 * @param maxWaiting how many bytes may wait for the client
 * @param keepAlive  how long the connection may be silent before it is kept alive. A client from which nothing comes for three times
 *                   that long is gone, as is one that takes nothing for that long of what waits for it
 * @param age        when the connection has to end
 * @param listener   is told what happens
 */
public record Hold(boolean webSocket, int maxMessage, int maxWaiting, Duration keepAlive, Duration age,
    HoldListener listener) {}
