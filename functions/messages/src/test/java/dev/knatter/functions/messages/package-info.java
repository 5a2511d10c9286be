@NullMarked
package dev.knatter.functions.messages;

import org.jspecify.annotations.NullMarked;
