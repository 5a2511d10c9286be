package dev.knatter.functions.webhooks;

import java.util.List;

import dev.knatter.chat.webhook.DeliveryReport;

/** The answer with the latest attempts to deliver, newest first. */
public record DeliveriesAnswer(List<DeliveryReport> deliveries) {}
