/** Publishes the events that the rules of the chat report, as CloudEvents over HTTP, to the sink that the environment names. */
@NullMarked
package dev.knatter.publishing;

import org.jspecify.annotations.NullMarked;
