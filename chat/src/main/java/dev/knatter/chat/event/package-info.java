/**
 * Events that other systems send to have something done. Anybody in a cluster can send any event, so each allowed
 * source has a key, signs its events with it, and may speak only for the users that the operator lists.
 */
@NullMarked
package dev.knatter.chat.event;

import org.jspecify.annotations.NullMarked;
