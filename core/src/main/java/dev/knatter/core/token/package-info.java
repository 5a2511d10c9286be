/** Access tokens and refresh tokens: how they are made and how they are checked. */
@NullMarked
package dev.knatter.core.token;

import org.jspecify.annotations.NullMarked;
