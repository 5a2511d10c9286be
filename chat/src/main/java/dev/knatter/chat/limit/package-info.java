/** Admission: how often somebody may do something, and whether he did exactly this before. */
@NullMarked
package dev.knatter.chat.limit;

import org.jspecify.annotations.NullMarked;
