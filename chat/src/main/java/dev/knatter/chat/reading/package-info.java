/** Up to where users have read their conversations: read marks, unread counts, and read receipts. */
@NullMarked
package dev.knatter.chat.reading;

import org.jspecify.annotations.NullMarked;
