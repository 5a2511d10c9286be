package dev.knatter.functions.webhooks;

import java.util.List;

import dev.knatter.chat.webhook.DeliveryReport;

/** The answer: the newest attempts to deliver, the newest first. */
public record DeliveriesAnswer(List<DeliveryReport> deliveries) {}
