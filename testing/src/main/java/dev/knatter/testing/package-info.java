/** JUnit 5: real stores for tests, and faults between them and the code under test. */
@NullMarked
package dev.knatter.testing;

import org.jspecify.annotations.NullMarked;
