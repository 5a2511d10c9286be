/** Puts together all that a process needs to send and change messages. */
@NullMarked
package dev.knatter.chat.sending;

import org.jspecify.annotations.NullMarked;
