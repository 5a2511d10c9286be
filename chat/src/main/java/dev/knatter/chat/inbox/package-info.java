/** Each member's inbox, and the outbox of messages that may not have reached the inboxes in time. */
@NullMarked
package dev.knatter.chat.inbox;

import org.jspecify.annotations.NullMarked;
