/**
 * The floor: the product's send with the product's clients and no framework at all. What a start of it costs, no
 * framework can take away; what the product costs more is what its framework costs.
 */
@NullMarked
package dev.knatter.bench.floor;

import org.jspecify.annotations.NullMarked;
