package dev.knatter.client.follow;

import java.time.Duration;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Reply;
import dev.knatter.client.message.Page;
import dev.knatter.client.message.PageRequest;

/** The inbox by plain requests. */
final class Inbox {
  private static final int LIMIT = 100;

  private final Api api;

  Inbox(Api api) {
    this.api = api;
  }

  /** The cursor of this moment: what comes after it is new. */
  String present() {
    String cursor = api.read(PageRequest.inbox().limit(1).call(), Page.class).previous();
    if (cursor == null) {
      throw new NoAnswerException("The newest page has no cursor.");
    }
    return cursor;
  }

  /** One page after the cursor. One attempt. */
  Page after(String cursor, Duration wait) {
    return read(PageRequest.inbox().limit(LIMIT).after(cursor).waiting(wait));
  }

  /**
   * Reads all that is there after the cursor.
   *
   * @throws KnatterException if it breaks off; what was read until then was told
   */
  void catchUp(Progress progress) {
    Page page;
    do {
      page = after(progress.cursor(), Duration.ZERO);
      progress.take(page);
    } while (!page.messages().isEmpty());
  }

  private Page read(PageRequest request) {
    Call call = request.call();
    Reply reply = api.once(call);
    if (reply.status() != 200) {
      throw reply.failure(call);
    }
    return reply.read(Page.class);
  }
}
