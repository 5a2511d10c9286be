@NullMarked
package dev.knatter.functions.deadletters;

import org.jspecify.annotations.NullMarked;
