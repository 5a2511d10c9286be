package dev.knatter.bench.setup;

import java.util.UUID;

/** A user. */
public record Person(UUID id, String name) {}
