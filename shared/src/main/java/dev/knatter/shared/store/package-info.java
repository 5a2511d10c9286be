/**
 * The two stores: Cassandra holds what must survive, Redis what may be lost. Every other package reaches them
 * through the clients here and through nothing else.
 */
@NullMarked
package dev.knatter.shared.store;

import org.jspecify.annotations.NullMarked;
