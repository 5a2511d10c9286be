/** The message log: ids, slices, the idempotent send, pages and cursors. */
@NullMarked
package dev.knatter.chat.message;

import org.jspecify.annotations.NullMarked;
