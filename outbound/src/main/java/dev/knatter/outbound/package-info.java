/**
 * Sends events to URLs that strangers have chosen. A request reaches only addresses of the public internet, for any URL,
 * and no receiver can block this process.
 */
@NullMarked
package dev.knatter.outbound;

import org.jspecify.annotations.NullMarked;
