/** The operations under /v1/webhooks. A webhook is a URL to which the product sends the caller's messages. */
@NullMarked
package dev.knatter.functions.webhooks;

import org.jspecify.annotations.NullMarked;
