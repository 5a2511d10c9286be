/** Tests of what held connections are told. */
@NullMarked
package dev.knatter.chat.live;

import org.jspecify.annotations.NullMarked;
