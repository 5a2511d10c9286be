/** POST /v1/read: marks the messages of a conversation as read, up to one of them. */
@NullMarked
package dev.knatter.functions.read;

import org.jspecify.annotations.NullMarked;
