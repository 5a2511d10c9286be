/** Conversations and their members. */
@NullMarked
package dev.knatter.chat.conversation;

import org.jspecify.annotations.NullMarked;
