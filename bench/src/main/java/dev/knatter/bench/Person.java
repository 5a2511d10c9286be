package dev.knatter.bench;

import java.util.UUID;

/** Somebody who chats. */
record Person(UUID id, String name) {}
