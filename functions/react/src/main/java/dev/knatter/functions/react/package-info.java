/** POST /v1/react: stores a reaction to a message, or takes it back. */
@NullMarked
package dev.knatter.functions.react;

import org.jspecify.annotations.NullMarked;
