/** The rooms of JSON, each by itself, and all of them beside Jackson. */
@NullMarked
package dev.knatter.adapter.json;

import org.jspecify.annotations.NullMarked;
