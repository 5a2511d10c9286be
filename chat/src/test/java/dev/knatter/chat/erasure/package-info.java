@NullMarked
package dev.knatter.chat.erasure;

import org.jspecify.annotations.NullMarked;
