@NullMarked
package dev.knatter.chat.page;

import org.jspecify.annotations.NullMarked;
