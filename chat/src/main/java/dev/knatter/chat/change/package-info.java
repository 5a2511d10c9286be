/** Edits and deletions of messages, and reactions to them: who may change what, and how everybody learns of it. */
@NullMarked
package dev.knatter.chat.change;

import org.jspecify.annotations.NullMarked;
