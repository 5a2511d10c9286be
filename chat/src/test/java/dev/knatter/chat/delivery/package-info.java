/** Tests of what happens after a message is stored. */
@NullMarked
package dev.knatter.chat.delivery;

import org.jspecify.annotations.NullMarked;
