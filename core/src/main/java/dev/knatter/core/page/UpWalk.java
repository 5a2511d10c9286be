package dev.knatter.core.page;

import java.util.UUID;

/**
 * One step of a walk towards the present.
 *
 * @param settled the key up to which nothing lands unannounced any more, as of before the first read
 */
record UpWalk(Feed feed, UUID settled) {

  Page page(Place from, int limit) {
    UpPage page = new UpPage(feed, limit);
    UUID at = from.at();
    Stretch young = from.young();
    if (young != null && !page.lookAgain(young)) {
      at = young.from();
    }
    UUID end = page.readOn(at, settled);
    return new Page(page.messages(), Place.up(end, page.complete(settled), page.handedOut()), null);
  }
}
