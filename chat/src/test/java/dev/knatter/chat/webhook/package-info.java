@NullMarked
package dev.knatter.chat.webhook;

import org.jspecify.annotations.NullMarked;
