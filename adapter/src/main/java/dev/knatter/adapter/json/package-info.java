/**
 * Strict JSON: input either has exactly the fields and types of its record or is refused with a pointer to the error.
 */
@NullMarked
package dev.knatter.adapter.json;

import org.jspecify.annotations.NullMarked;
