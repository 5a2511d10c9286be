/** Removes the content of deleted groups. */
@NullMarked
package dev.knatter.chat.removal;

import org.jspecify.annotations.NullMarked;
