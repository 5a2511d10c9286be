package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;

/** Places new orders to erase users, begins with them, and publishes that. */
record ErasurePlacement(ErasureOrders orders, AccountClosing closing, ErasedNames names, Clock clock,
    Publications publications) {

  ErasureReport place(UUID user, String username) {
    EventReference erased = new EventReference(EventType.USER_ERASED, user, UUID.randomUUID());
    try (Publication publication = publications.open(erased)) {
      publication.announce();
      ErasureOrder placed = orders.place(user, erased.id(), username, names.hash(username),
          clock.instant().truncatedTo(ChronoUnit.MILLIS));
      ErasureReport report = closing.begin(placed).report();
      if (placed.erasureId().equals(erased.id())) {
        publication.happened();
      } else {
        publication.calledOff(); // a concurrent request has placed the order
      }
      return report;
    }
  }
}
