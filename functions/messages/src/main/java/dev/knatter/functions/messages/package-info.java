/** GET /v1/messages: reads a conversation, or all messages that the caller sent and received. */
@NullMarked
package dev.knatter.functions.messages;

import org.jspecify.annotations.NullMarked;
