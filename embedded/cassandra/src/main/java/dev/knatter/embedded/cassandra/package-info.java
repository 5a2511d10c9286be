/** The child process that is the embedded Cassandra: one node on loopback, on JDK 17. */
@NullMarked
package dev.knatter.embedded.cassandra;

import org.jspecify.annotations.NullMarked;
