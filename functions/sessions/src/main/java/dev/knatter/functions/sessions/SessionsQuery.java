package dev.knatter.functions.sessions;

/** The empty input of the list. */
public record SessionsQuery() {}
