package dev.knatter.functions.account;

/** The input of operations that need nothing but the caller. */
public record NoInput() {}
