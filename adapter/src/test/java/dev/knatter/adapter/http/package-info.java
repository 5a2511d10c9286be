@NullMarked
package dev.knatter.adapter.http;

import org.jspecify.annotations.NullMarked;
