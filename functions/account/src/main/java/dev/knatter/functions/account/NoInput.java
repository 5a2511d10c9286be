package dev.knatter.functions.account;

/** For operations to which a caller has nothing to say but who he is. */
public record NoInput() {}
