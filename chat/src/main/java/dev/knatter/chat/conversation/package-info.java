/** Conversations and their members: what everything else needs to know of them. The commands on groups are elsewhere. */
@NullMarked
package dev.knatter.chat.conversation;

import org.jspecify.annotations.NullMarked;
