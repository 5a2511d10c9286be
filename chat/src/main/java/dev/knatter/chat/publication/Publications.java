package dev.knatter.chat.publication;

/** Opens publications: what makes an event true does so first. */
@FunctionalInterface
public interface Publications {
  /** Where nothing is published. */
  Publications NONE = _ -> Publication.NONE;

  /** Opens the publication of an event. The caller must close it. */
  Publication open(EventReference reference);

  /** Tells held connections of something that happened and need not be kept, in the background. Never fails. */
  default void tell(ChatEvent event) {}
}
