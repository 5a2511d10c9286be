/**
 * JUnit 5 extensions and tools: real stores for tests, and proxies that put faults between the stores and the code under
 * test.
 */
@NullMarked
package dev.knatter.testing;

import org.jspecify.annotations.NullMarked;
