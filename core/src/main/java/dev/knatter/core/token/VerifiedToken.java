package dev.knatter.core.token;

import java.time.Instant;

/** What a token says that is ours. begins: the later of iat and nbf. Whether it counts now must be asked each time. */
record VerifiedToken(Identity identity, Instant begins, Instant expires) {}
