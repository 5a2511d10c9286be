/** Who talks with whom: conversations and their members. */
@NullMarked
package dev.knatter.core.conversation;

import org.jspecify.annotations.NullMarked;
