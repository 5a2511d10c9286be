@NullMarked
package dev.knatter.chat.change;

import org.jspecify.annotations.NullMarked;
