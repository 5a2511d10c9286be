package dev.knatter.adapter.event;

import java.util.Map;

/**
 * A CloudEvent with its attributes checked.
 *
 * @param attributes by name, extensions included; {@code id}, {@code source}, {@code specversion} and {@code type} are
 *                   there and not empty
 * @param data       the event's data as they came in binary mode, or as JSON; empty when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events
public record Event(Map<String, String> attributes, byte[] data) {}
