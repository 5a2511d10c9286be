package dev.knatter.chat.message;

/** A stored message; replayed: whether it had been stored before this request. */
public record SendResult(Message message, boolean replayed) {}
