/** The message log: the timeline table with its slices, idempotent sends, message ids, and the deletion of content. */
@NullMarked
package dev.knatter.chat.message;

import org.jspecify.annotations.NullMarked;
