/** Starts real Cassandra and Redis for development and tests, and makes sure that they end with whoever needs them. */
@NullMarked
package dev.knatter.embedded;

import org.jspecify.annotations.NullMarked;
