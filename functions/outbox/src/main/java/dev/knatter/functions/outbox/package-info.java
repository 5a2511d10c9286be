/**
 * An event function that runs in the background. It sweeps the outbox, which delivers messages that a writer stored
 * too late, and it continues the erasure of people and retries dead letters.
 */
@NullMarked
package dev.knatter.functions.outbox;

import org.jspecify.annotations.NullMarked;
