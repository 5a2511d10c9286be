package dev.knatter.chat.limit;

/** How a request compares with the one that Redis remembers under its id. Only a hint, because Redis may lose it. */
public enum ReplayCheck {
  /** Nothing is remembered: this is the first attempt, or Redis has lost the earlier one. */
  FRESH,
  /** An earlier attempt had the same body. */
  REPEATED,
  /** An earlier attempt had another body. */
  OTHER_BODY,
  /** The request has no id, or Redis is away. */
  UNKNOWN
}
