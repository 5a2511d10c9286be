@NullMarked
package dev.knatter.bench.groups;

import org.jspecify.annotations.NullMarked;
