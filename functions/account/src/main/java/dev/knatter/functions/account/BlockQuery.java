package dev.knatter.functions.account;

/** Whom the path names. username: as a caller wrote it; what cannot be a name is nobody's. */
public record BlockQuery(String username) {}
