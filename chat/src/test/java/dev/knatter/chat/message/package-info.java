@NullMarked
package dev.knatter.chat.message;

import org.jspecify.annotations.NullMarked;
