@NullMarked
package dev.knatter.chat.event;

import org.jspecify.annotations.NullMarked;
