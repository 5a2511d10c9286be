package dev.knatter.bench.history;

/** Where in a conversation a page is. */
enum HistoryPlace {
  NEWEST, MIDDLE, OLDEST;

  /**
   * Where a page begins, counted from the newest message. Each turn has another page, so that no cache holds it; only in a
   * conversation that is too small for that they overlap.
   *
   * @param count how many messages the conversation has, at least a page
   * @param turn  from 0
   * @param turns how many there are
   */
  int first(int count, int page, int turn, int turns) {
    int room = count - page;
    int step = Math.clamp(room / (3L * turns), 1, page);
    int offset = turn * step;
    return switch (this) {
      case NEWEST -> Math.min(offset, room);
      case MIDDLE -> Math.clamp(room / 2 + offset - (long) turns * step / 2, 0, room);
      case OLDEST -> Math.max(room - offset, 0);
    };
  }

  String title() {
    return switch (this) {
      case NEWEST -> "newest";
      case MIDDLE -> "middle";
      case OLDEST -> "oldest";
    };
  }
}
