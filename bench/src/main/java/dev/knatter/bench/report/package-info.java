/** How results are written: numbers, tables, JSON. */
@NullMarked
package dev.knatter.bench.report;

import org.jspecify.annotations.NullMarked;
