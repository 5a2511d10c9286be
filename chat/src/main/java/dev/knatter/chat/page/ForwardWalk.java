package dev.knatter.chat.page;

import java.util.UUID;

/**
 * One step of a walk towards the present.
 *
 * @param settled the key up to which nothing lands unannounced any more, as of before the first read
 */
record ForwardWalk(Feed feed, UUID settled) {

  Page page(CursorPosition from, int limit) {
    ForwardPage page = new ForwardPage(feed, limit);
    UUID at = from.at();
    UnsettledRange young = from.young();
    if (young != null && !page.lookAgain(young)) {
      at = young.from();
    }
    UUID end = page.readOn(at, settled);
    return new Page(page.messages(), CursorPosition.up(end, page.complete(settled), page.handedOut()), null);
  }
}
