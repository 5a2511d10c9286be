package dev.knatter.functions.outbox;

/** The data of the event that starts a sweep: an empty object. */
public record Tick() {}
