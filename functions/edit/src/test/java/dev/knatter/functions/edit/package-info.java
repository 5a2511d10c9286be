@NullMarked
package dev.knatter.functions.edit;

import org.jspecify.annotations.NullMarked;
