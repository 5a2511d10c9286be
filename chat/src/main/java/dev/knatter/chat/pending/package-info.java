/** Tables of work that a process has begun and not finished, and the sweep that finds what a killed process left in them. */
@NullMarked
package dev.knatter.chat.pending;

import org.jspecify.annotations.NullMarked;
