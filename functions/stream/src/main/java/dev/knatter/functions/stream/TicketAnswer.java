package dev.knatter.functions.stream;

import java.time.Instant;

/** A ticket that opens one connection. */
record TicketAnswer(String ticket, Instant expiresAt) {}
