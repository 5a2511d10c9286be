package dev.knatter.adapter.json;

/**
 * What is wrong with one field.
 *
 * @param pointer a JSON pointer (RFC 6901) to it in the input; empty for the input as a whole
 * @param detail  what was expected; never anything the caller sent
 */
public record FieldError(String pointer, String detail) {}
