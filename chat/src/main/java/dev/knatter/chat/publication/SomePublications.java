package dev.knatter.chat.publication;

import java.util.function.Predicate;

/**
 * Publishes the events of some types only.
 *
 * @param wanted which types
 */
public record SomePublications(Publications all, Predicate<EventType> wanted) implements Publications {
  @Override
  public Publication open(EventReference reference) {
    return wanted.test(reference.type()) ? all.open(reference) : Publication.NONE;
  }

  @Override
  public void tell(ChatEvent event) {
    if (wanted.test(event.reference().type())) {
      all.tell(event);
    }
  }
}
