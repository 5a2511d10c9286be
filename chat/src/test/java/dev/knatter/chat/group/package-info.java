@NullMarked
package dev.knatter.chat.group;

import org.jspecify.annotations.NullMarked;
