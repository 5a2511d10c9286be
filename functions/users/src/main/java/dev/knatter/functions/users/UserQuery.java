package dev.knatter.functions.users;

/** Whom the path names. username: as a caller wrote it; what cannot be a name is nobody's. */
public record UserQuery(String username) {}
