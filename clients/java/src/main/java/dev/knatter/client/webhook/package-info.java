/** URLs that are told of messages. */
@NullMarked
package dev.knatter.client.webhook;

import org.jspecify.annotations.NullMarked;
