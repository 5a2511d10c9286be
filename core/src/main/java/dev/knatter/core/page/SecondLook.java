package dev.knatter.core.page;

/** Whether something landed late in a stretch. Reads its keys only, and no more of them than tell. */
final class SecondLook {
  private SecondLook() {}

  static boolean finds(Feed feed, Stretch stretch) {
    Tally known = stretch.tally();
    return known.equals(Tally.UNKNOWN)
        || !feed.tally(stretch.from(), stretch.to(), known.count() + 1).equals(known);
  }
}
