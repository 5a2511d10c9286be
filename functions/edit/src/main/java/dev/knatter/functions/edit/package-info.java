/** POST /v1/edit: replaces the content of a message that the caller has sent. */
@NullMarked
package dev.knatter.functions.edit;

import org.jspecify.annotations.NullMarked;
