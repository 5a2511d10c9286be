/** What happens after a message is stored: the sweep that finishes what writers left, and the news for those who wait. */
@NullMarked
package dev.knatter.chat.delivery;

import org.jspecify.annotations.NullMarked;
