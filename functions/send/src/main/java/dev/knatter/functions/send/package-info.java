/** POST /v1/send: stores a message for its recipient. */
@NullMarked
package dev.knatter.functions.send;

import org.jspecify.annotations.NullMarked;
