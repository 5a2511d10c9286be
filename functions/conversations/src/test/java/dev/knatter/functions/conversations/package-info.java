@NullMarked
package dev.knatter.functions.conversations;

import org.jspecify.annotations.NullMarked;
