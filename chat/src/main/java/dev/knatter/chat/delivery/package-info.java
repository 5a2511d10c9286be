/** How a committed message reaches everybody it is for: inboxes, the outbox and its sweep. */
@NullMarked
package dev.knatter.chat.delivery;

import org.jspecify.annotations.NullMarked;
