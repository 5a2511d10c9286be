package dev.knatter.chat.limit;

/** What to remember of a request: the id under which it may be tried again, and a hash of its body as text. */
public record RequestMemory(String id, String bodyHash) {}
