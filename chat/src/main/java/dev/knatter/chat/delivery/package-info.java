/**
 * Delivery of stored messages: the sweep enters in the inboxes what a stopped or slow writer left in the outbox, and
 * the notifier and the doorbell wake readers who wait for new messages.
 */
@NullMarked
package dev.knatter.chat.delivery;

import org.jspecify.annotations.NullMarked;
