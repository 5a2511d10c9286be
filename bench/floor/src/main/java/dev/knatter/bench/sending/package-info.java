/**
 * What a send writes, by the plain driver: the rows that the product writes. The floor and its peers all use this, so
 * that between them nothing differs but what is around it.
 */
@NullMarked
package dev.knatter.bench.sending;

import org.jspecify.annotations.NullMarked;
