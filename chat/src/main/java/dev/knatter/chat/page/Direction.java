package dev.knatter.chat.page;

/** The direction of a walk. It is named like the query parameter that takes its cursor. */
public enum Direction {
  /** Towards the past, newest first. */
  BEFORE,
  /** Towards the present, oldest first. */
  AFTER
}
