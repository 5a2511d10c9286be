@NullMarked
package dev.knatter.chat;

import org.jspecify.annotations.NullMarked;
