package dev.knatter.chat.message;

/** The result of a send. replayed: whether the message was stored before this request. */
public record SendResult(Message message, boolean replayed) {}
