@NullMarked
package dev.knatter.chat.limit;

import org.jspecify.annotations.NullMarked;
