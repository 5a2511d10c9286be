package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/** A reader who remembers all he was handed, in both directions from where he began. */
final class Walker {
  private final Pages pages;
  private final Scope scope;
  private @Nullable CursorPosition down;
  private CursorPosition up;
  private final List<UUID> above = new ArrayList<>();
  private final List<UUID> below = new ArrayList<>();

  /** Reads the newest page. */
  Walker(Pages pages, Scope scope, int limit) {
    this.pages = pages;
    this.scope = scope;
    Page first = pages.newest(scope, limit);
    below.addAll(ids(first));
    down = first.next();
    up = Objects.requireNonNull(first.previous());
  }

  private static List<UUID> ids(Page page) {
    List<UUID> ids = page.messages().stream().map(Message::id).toList();
    assertThat(ids).as("one page").doesNotHaveDuplicates();
    return ids;
  }

  /** Goes on towards the present; how many messages that gave. */
  int up(int limit) {
    Page page = pages.after(scope, up, limit);
    up = Objects.requireNonNull(page.next());
    above.addAll(ids(page));
    return page.messages().size();
  }

  /** Goes on towards the past. */
  void down(int limit) {
    if (down != null) {
      Page page = pages.before(scope, down, limit);
      down = page.next();
      below.addAll(ids(page));
    }
  }

  /** What he was handed towards the past, in that order. */
  List<UUID> below() {
    return below;
  }

  /** What he was handed towards the present, in that order. */
  List<UUID> above() {
    return above;
  }

  @Override
  public String toString() {
    return scope.toString();
  }

  boolean hasEnded() {
    return down == null;
  }
}
