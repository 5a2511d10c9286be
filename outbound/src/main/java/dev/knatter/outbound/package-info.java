/**
 * Sends events to URLs that strangers have chosen. Whatever the URL is, no request reaches an address that is not of the
 * public internet, and no receiver can hold this process up.
 */
@NullMarked
package dev.knatter.outbound;

import org.jspecify.annotations.NullMarked;
