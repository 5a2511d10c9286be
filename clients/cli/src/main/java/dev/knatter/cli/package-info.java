/** {@code ./knatter chat}: a chat at a terminal, for people and for scripts. */
@NullMarked
package dev.knatter.cli;

import org.jspecify.annotations.NullMarked;
