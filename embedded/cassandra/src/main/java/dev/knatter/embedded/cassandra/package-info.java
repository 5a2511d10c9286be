/** The child process: one Cassandra node on loopback, on JDK 17. */
@NullMarked
package dev.knatter.embedded.cassandra;

import org.jspecify.annotations.NullMarked;
