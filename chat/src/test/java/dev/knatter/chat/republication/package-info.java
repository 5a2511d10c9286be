/** Tests of the sweep that publishes what was left. */
@NullMarked
package dev.knatter.chat.republication;

import org.jspecify.annotations.NullMarked;
