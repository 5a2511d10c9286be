package dev.knatter.chat.limit;

/** What is remembered under a request's id. It decides nothing that must be right: memory may be lost. */
public enum ReplayCheck {
  /** Nothing: this is the first attempt, or the memory of others is lost. */
  FRESH,
  /** An attempt with this same body. */
  REPEATED,
  /** An attempt with another body. */
  OTHER_BODY,
  /** Nobody asked, or Redis is away. */
  UNKNOWN
}
