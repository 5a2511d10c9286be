/** The table of reactions to messages, and how the API shows them. */
@NullMarked
package dev.knatter.chat.reaction;

import org.jspecify.annotations.NullMarked;
