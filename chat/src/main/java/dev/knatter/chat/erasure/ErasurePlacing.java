package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;

/** Places the order to erase a user and closes the account. The caller has checked that this is wanted. */
final class ErasurePlacing {
  private final Clock clock;
  private final ErasedNames names;
  private final ErasureOrders orders;
  private final AccountClosing closing;
  private final Publications publications;

  ErasurePlacing(Clock clock, ErasedNames names, ErasureOrders orders, AccountClosing closing,
      Publications publications) {
    this.clock = clock;
    this.names = names;
    this.orders = orders;
    this.closing = closing;
    this.publications = publications;
  }

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
