package dev.knatter.client.people;

import java.util.UUID;

/** Somebody whom the caller blocks. */
public record BlockedUser(UUID userId, String username) {}
