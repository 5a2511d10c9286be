package dev.knatter.functions.webhooks;

import java.util.List;

/** The answer with the caller's webhooks, oldest first. */
public record WebhooksAnswer(List<WebhookAnswer> webhooks) {}
