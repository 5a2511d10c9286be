package dev.knatter.functions.webhooks;

/** The input of the list, which has no members. */
public record NoInput() {}
