package dev.knatter.bench.groups;

import java.util.List;
import java.util.UUID;

import dev.knatter.bench.setup.Person;

/**
 * A group, and one of its members, who sends.
 *
 * @param others user ids of the other members, in the order in which the product reads them
 */
public record MadeGroup(UUID id, Person sender, List<UUID> others) {
  int size() {
    return others.size() + 1;
  }
}
