/**
 * The dead letter sink of the broker, and the operators' API for the stored events. POST / takes the events that the broker
 * could not deliver; /v1/dead-letters lists, retries and deletes them.
 */
@NullMarked
package dev.knatter.functions.deadletters;

import org.jspecify.annotations.NullMarked;
