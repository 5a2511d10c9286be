/** The parts that all functions share: the domain errors, the environment, ids and hashes. This package knows nothing of HTTP. */
@NullMarked
package dev.knatter.shared;

import org.jspecify.annotations.NullMarked;
