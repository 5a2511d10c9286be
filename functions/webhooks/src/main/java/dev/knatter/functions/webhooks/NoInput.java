package dev.knatter.functions.webhooks;

/** The empty input of the list. */
public record NoInput() {}
