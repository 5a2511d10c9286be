package dev.knatter.functions.stream;

import org.jspecify.annotations.Nullable;

/** The body of a presence, not checked yet. visible: whether the user can see the client */
public record PresenceRequest(@Nullable Boolean visible) {}
