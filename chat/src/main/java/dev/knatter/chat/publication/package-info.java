/**
 * What has happened leaves as an event: a reference to it is stored with it, and stays until the event was accepted. What was
 * published may be published again, under the same id.
 */
@NullMarked
package dev.knatter.chat.publication;

import org.jspecify.annotations.NullMarked;
