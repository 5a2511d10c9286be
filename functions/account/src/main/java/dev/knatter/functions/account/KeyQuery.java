package dev.knatter.functions.account;

/** Which key the path names. */
public record KeyQuery(String keyId) {}
