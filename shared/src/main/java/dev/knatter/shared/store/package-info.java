/**
 * The clients of the two stores: Cassandra holds the data that must survive, Redis the data that may be lost. All other
 * packages use the stores through these clients only.
 */
@NullMarked
package dev.knatter.shared.store;

import org.jspecify.annotations.NullMarked;
