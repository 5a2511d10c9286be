package dev.knatter.functions.export;

import org.jspecify.annotations.Nullable;

/** Where to go on. after: a cursor of an export that was cut; absent to begin. */
public record ExportQuery(@Nullable String after) {}
