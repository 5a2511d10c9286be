/**
 * An event function that runs in the background. It sweeps the outbox, which delivers messages that a writer stored
 * too late, continues the erasure of people, retries dead letters, and tries again what webhooks did not take.
 */
@NullMarked
package dev.knatter.functions.outbox;

import org.jspecify.annotations.NullMarked;
