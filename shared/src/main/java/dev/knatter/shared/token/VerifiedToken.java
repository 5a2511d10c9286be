package dev.knatter.shared.token;

/** What a token says that is ours. Whether it counts now must be asked each time. */
record VerifiedToken(Identity identity, Validity validity) {}
