package dev.knatter.functions.account;

/** The input of blocking and unblocking. username: of the path, as the caller wrote it, not checked yet. */
public record BlockQuery(String username) {}
