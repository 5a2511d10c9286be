package dev.knatter.functions.deadletters;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of the list, newest first. next: the cursor of the next page; absent on the last page. */
public record LetterPage(List<LetterAnswer> deadLetters, @Nullable String next) {}
