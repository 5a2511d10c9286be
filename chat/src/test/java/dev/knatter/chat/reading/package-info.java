@NullMarked
package dev.knatter.chat.reading;

import org.jspecify.annotations.NullMarked;
