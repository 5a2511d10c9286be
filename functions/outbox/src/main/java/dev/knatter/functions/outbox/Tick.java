package dev.knatter.functions.outbox;

/** The data of the event that asks for a sweep: an empty object. What is to be done, the outbox says. */
public record Tick() {}
