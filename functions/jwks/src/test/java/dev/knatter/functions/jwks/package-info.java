@NullMarked
package dev.knatter.functions.jwks;

import org.jspecify.annotations.NullMarked;
