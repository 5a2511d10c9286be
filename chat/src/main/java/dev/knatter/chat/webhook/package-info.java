/**
 * Webhooks: URLs of users that are told of messages. They are managed, told at once, and tried again for a day. How an
 * event gets to a URL is not decided here: {@link dev.knatter.chat.webhook.WebhookSender}.
 */
@NullMarked
package dev.knatter.chat.webhook;

import org.jspecify.annotations.NullMarked;
