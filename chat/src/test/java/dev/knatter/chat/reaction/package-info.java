@NullMarked
package dev.knatter.chat.reaction;

import org.jspecify.annotations.NullMarked;
