package dev.knatter.functions.users;

/** The input of a search by name. username: of the path, as the caller wrote it, not checked yet. */
public record UserQuery(String username) {}
