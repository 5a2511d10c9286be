@NullMarked
package dev.knatter.chat.conversation;

import org.jspecify.annotations.NullMarked;
