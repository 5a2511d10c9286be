/** What operators of an installation do. */
@NullMarked
package dev.knatter.client.operator;

import org.jspecify.annotations.NullMarked;
