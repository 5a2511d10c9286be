package dev.knatter.core.message;

/** A stored message; replayed: whether it had been stored before this request. */
public record Sent(Message message, boolean replayed) {}
