/** The tables through which a message reaches its members: each member's inbox, and the outbox of what is not known to be there. */
@NullMarked
package dev.knatter.chat.inbox;

import org.jspecify.annotations.NullMarked;
