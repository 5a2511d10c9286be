/** The message log: ids, slices, the idempotent send, pages and cursors. */
@NullMarked
package dev.knatter.core.message;

import org.jspecify.annotations.NullMarked;
