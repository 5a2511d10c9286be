/**
 * What every function shares: the domain errors and the environment. Knows
 * nothing of HTTP.
 */
@NullMarked
package dev.knatter.shared;

import org.jspecify.annotations.NullMarked;
