/**
 * Reading: pages of a conversation or an inbox, towards the past or the present, the cursors that join them, and the
 * cache of what many read. {@code docs/protocol.md} proves that no cursor skips a message.
 */
@NullMarked
package dev.knatter.chat.page;

import org.jspecify.annotations.NullMarked;
