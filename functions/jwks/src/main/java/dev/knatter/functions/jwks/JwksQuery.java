package dev.knatter.functions.jwks;

/** What is asked for without conditions. */
public record JwksQuery() {}
