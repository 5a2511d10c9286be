/** /v1/webhooks: URLs that are told of the caller's messages. */
@NullMarked
package dev.knatter.functions.webhooks;

import org.jspecify.annotations.NullMarked;
