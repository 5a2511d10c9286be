package dev.knatter.adapter.stream;

/** How the adapter itself ends a connection: a last frame, and the close. */
public record Farewell(Frame frame, Close close) {}
