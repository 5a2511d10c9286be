package dev.knatter.functions.jwks;

/** The empty input of this function. */
public record JwksQuery() {}
