@NullMarked
package dev.knatter.chat.deadletter;

import org.jspecify.annotations.NullMarked;
