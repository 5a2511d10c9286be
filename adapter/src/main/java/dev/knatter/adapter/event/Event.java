package dev.knatter.adapter.event;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent with its attributes checked.
 *
 * @param attributes by name, extensions included; {@code id}, {@code source}, {@code specversion} and {@code type} are
 *                   there and not empty
 * @param data       the tree of the event's JSON data, or null when it has none
 */
public record Event(Map<String, String> attributes, @Nullable Object data) {}
