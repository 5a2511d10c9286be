package dev.knatter.functions.stream;

/** The input of an operation that takes none. */
public record NoInput() {}
