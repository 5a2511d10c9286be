/**
 * Reads pages of a conversation or an inbox, towards the past or the present. It also contains the cursors that
 * connect pages, the page cache, and long polling. {@code docs/protocol.md} proves that no cursor skips a message.
 */
@NullMarked
package dev.knatter.chat.page;

import org.jspecify.annotations.NullMarked;
