package dev.knatter.chat.limit;

/** Identifies a request. id: under which the client may send it again; bodyHash: a hash of its body, as text. */
public record RequestFingerprint(String id, String bodyHash) {}
