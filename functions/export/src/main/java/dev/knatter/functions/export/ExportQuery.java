package dev.knatter.functions.export;

import org.jspecify.annotations.Nullable;

/** The input of an export. after: the last cursor of an interrupted export; absent for a new one. */
public record ExportQuery(@Nullable String after) {}
