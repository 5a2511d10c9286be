/** POST /v1/delete: deletes a message of the caller, or of somebody whom the caller moderates. */
@NullMarked
package dev.knatter.functions.delete;

import org.jspecify.annotations.NullMarked;
