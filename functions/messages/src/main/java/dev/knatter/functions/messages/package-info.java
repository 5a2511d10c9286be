/** The operation GET /v1/messages: reads a conversation, or all that the caller received and sent. */
@NullMarked
package dev.knatter.functions.messages;

import org.jspecify.annotations.NullMarked;
