package dev.knatter.shared.token;

/** The content of a token of the product whose signature is verified. Its validity must be checked at each use. */
record VerifiedToken(Identity identity, Validity validity) {}
