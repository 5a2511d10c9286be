package dev.knatter.functions.sessions;

/** A list that is asked for without conditions. */
public record SessionsQuery() {}
