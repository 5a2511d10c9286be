package dev.knatter.chat.page;

import java.util.UUID;

/**
 * Reads one page towards the present, oldest message first.
 *
 * @param settled a row that still appears at or below this key is also entered at a fresh key; taken before the first
 *     read
 */
record ForwardWalk(Feed feed, UUID settled) {

  Page page(CursorPosition from, int limit) {
    ForwardPage page = new ForwardPage(feed, limit);
    UUID at = from.at();
    UnsettledRange unsettled = from.unsettled();
    if (unsettled != null && !page.recheck(unsettled)) {
      at = unsettled.from();
    }
    UUID end = page.readAbove(at, settled);
    return new Page(page.messages(),
        CursorPosition.forward(end, page.completeUpTo(settled), page.handedOut()), null, !page.isAtEnd());
  }
}
