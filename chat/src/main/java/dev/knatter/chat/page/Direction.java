package dev.knatter.chat.page;

/** Where a walk leads: named as the parameter that takes its cursor. */
public enum Direction {
  /** Towards the past, newest first. */
  BEFORE,
  /** Towards the present, oldest first. */
  AFTER
}
