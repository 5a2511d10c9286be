package dev.knatter.functions.deadletters;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of the list, newest first. next: the cursor of the next page; absent at the end of the list */
public record LetterPage(List<LetterAnswer> deadLetters, @Nullable String next) {}
