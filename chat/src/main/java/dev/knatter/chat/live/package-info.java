/**
 * What held connections are told: frames, the bell that numbers and publishes them, presence and typing, and tickets. {@code
 * docs/protocol.md} proves that a client which follows its rules misses no message.
 */
@NullMarked
package dev.knatter.chat.live;

import org.jspecify.annotations.NullMarked;
