@NullMarked
package dev.knatter.adapter;

import org.jspecify.annotations.NullMarked;
