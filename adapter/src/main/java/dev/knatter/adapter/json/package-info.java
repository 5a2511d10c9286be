/** Strict JSON: what a caller sends is either exactly the input's shape or refused with a pointer to the fault. */
@NullMarked
package dev.knatter.adapter.json;

import org.jspecify.annotations.NullMarked;
