/** POST /v1/register: creates an account. */
@NullMarked
package dev.knatter.functions.register;

import org.jspecify.annotations.NullMarked;
