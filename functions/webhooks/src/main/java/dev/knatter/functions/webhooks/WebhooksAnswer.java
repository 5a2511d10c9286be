package dev.knatter.functions.webhooks;

import java.util.List;

/** The answer: the caller's webhooks, the oldest first. */
public record WebhooksAnswer(List<WebhookAnswer> webhooks) {}
