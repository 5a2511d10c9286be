package dev.knatter.functions.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

import dev.knatter.adapter.stream.Frame;
import dev.knatter.chat.live.LiveFrame.MessageFrame;
import dev.knatter.chat.live.LiveFrame.Sync;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import org.jspecify.annotations.Nullable;

/** Reads from a user's inbox what a connection has missed. Its cursors are those of GET /v1/messages. */
final class CatchUp {
  private static final int LIMIT = 50;
  /** Of one page, in bytes. A proxy refuses an answer of more than a million; one message alone has at most 100,000. */
  private static final int MAX_BYTES = 256 * 1024;

  private final Pages pages;
  private final MessageViews views;
  private final Cursors cursors;

  CatchUp(Pages pages, MessageViews views, Cursors cursors) {
    this.pages = pages;
    this.views = views;
    this.cursors = cursors;
  }

  /**
   * What was read.
   *
   * @param cursor  where the walk goes on
   * @param skipped whether messages were left out that the client has got already
   */
  record Read(List<Frame> frames, String cursor, boolean more, boolean skipped) {
    /** The frames, and the one that ends a page. */
    List<Frame> withEnd() {
      List<Frame> all = new ArrayList<>(frames);
      all.add(end());
      return all;
    }

    Frame end() {
      return Outgoing.frame(Outgoing.json(Sync.of(cursor, more)), cursor);
    }
  }

  /** A cursor of this moment: a walk from it misses nothing that is stored later. */
  String present(UUID user) {
    Scope scope = Scope.inbox(user);
    CursorPosition position = Objects.requireNonNull(pages.newest(scope, 1).previous());
    return cursors.seal(user, scope, Direction.AFTER, position);
  }

  /**
   * Reads the next page.
   *
   * @param cursor null answers the present one and reads nothing
   */
  Read after(UUID user, @Nullable String cursor) {
    return cursor == null
        ? new Read(List.of(), present(user), /* more= */ false, /* skipped= */ false)
        : after(user, cursor, _ -> true, /* resumes= */ true);
  }

  /**
   * The same without the messages that the client has got already.
   *
   * @param resumes whether the client may take the cursor over. A WebSocket's client catches up by itself, and may not have come
   *                as far as this walk
   */
  Read after(UUID user, String cursor, Predicate<Message> isNew, boolean resumes) {
    Scope scope = Scope.inbox(user);
    CursorPosition position = cursors.open(user, scope, Direction.AFTER, cursor);
    Read read = null;
    for (int limit = LIMIT; read == null; limit = Math.max(1, limit / 4)) {
      Page page = pages.after(scope, position, limit);
      String next = cursors.seal(user, scope, Direction.AFTER, Objects.requireNonNull(page.next()));
      List<byte[]> written = write(user, page.messages().stream().filter(isNew).toList(),
          resumes ? next : null);
      if (limit == 1 || written.stream().mapToInt(json -> json.length).sum() <= MAX_BYTES) {
        read = new Read(frames(written, next), next, page.more(),
            written.size() < page.messages().size());
      }
    }
    return read;
  }

  private List<byte[]> write(UUID user, List<Message> messages, @Nullable String cursor) {
    List<byte[]> written = new ArrayList<>();
    List<MessageView> all = views.of(messages, user);
    for (int i = 0; i < all.size(); i++) {
      // The page is read as a whole: only its last frame says that all of it has arrived.
      written.add(Outgoing.json(MessageFrame.read(all.get(i), i == all.size() - 1 ? cursor : null)));
    }
    return written;
  }

  private static List<Frame> frames(List<byte[]> written, String cursor) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      frames.add(Outgoing.frame(written.get(i), i == written.size() - 1 ? cursor : null));
    }
    return frames;
  }
}
