/** Starts real Cassandra, Redis and Pushpin for development and tests. They end when the process that needs them has ended. */
@NullMarked
package dev.knatter.embedded;

import org.jspecify.annotations.NullMarked;
