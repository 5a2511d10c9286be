package dev.knatter.functions.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.live.Bell;
import dev.knatter.chat.live.BellMessage.Reference;
import dev.knatter.chat.live.LiveFrame.MessageFrame;
import dev.knatter.chat.live.LiveFrame.Numbers;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Timeline;
import dev.knatter.guard.HeldGuard;

/**
 * Does what {@link LiveChannels} wakes the function for: reads a message that was too large for the bell, or looks in the inbox
 * for what the bell has lost.
 */
final class Woken {
  /** What the text begins with that refers to a message. */
  static final String MESSAGE = "message ";
  /** What the text begins with that asks for a look into the inbox. When the connection had subscribed follows. */
  static final String POLL = "poll ";

  private static final int PAGES = 4;
  /**
   * A frame counts as told before it is written. Server-Sent Events may resume behind it, at the cursor of this read, so what is
   * told at this moment is told again.
   */
  private static final long BEING_TOLD_NANOS = Duration.ofSeconds(1).toNanos();

  private final CatchUp catchUp;
  private final Memberships memberships;
  private final Timeline timeline;
  private final MessageViews views;
  private final LiveChannels channels;
  private final StateSeal seal;

  Woken(CatchUp catchUp, Memberships memberships, Timeline timeline, MessageViews views,
      LiveChannels channels, StateSeal seal) {
    this.catchUp = catchUp;
    this.memberships = memberships;
    this.timeline = timeline;
    this.views = views;
    this.channels = channels;
    this.seal = seal;
  }

  /** If the store is away, this does nothing: the next poll finds what is missing. */
  StreamAnswer answer(StreamEvent event, ConnectionState state, String text) {
    return HeldGuard.attempt(() -> text.startsWith(MESSAGE)
        ? message(state.identity().userId(), Reference.of(text.substring(MESSAGE.length())))
        : poll(event, state, Long.parseLong(text.substring(POLL.length()))), _ -> StreamAnswer.nothing());
  }

  /** The user may have left the group meanwhile; and other adapters cannot keep a caller from making up such an event. */
  private StreamAnswer message(UUID user, Reference reference) {
    Optional<Frame> frame = memberships.find(reference.conversation(), user)
      .filter(member -> member.sees(reference.id()))
      .flatMap(_ -> timeline.find(reference.conversation(), reference.id()))
      .map(message -> Outgoing.frame(Bell.numbered(
          Outgoing.json(new MessageFrame(reference.type(), views.of(message, user), null)),
          new Numbers(reference.epoch(), reference.sequence())), null));
    return StreamAnswer.nothing().frames(frame.stream().toList());
  }

  private StreamAnswer poll(StreamEvent event, ConnectionState state, long sinceNanos) {
    UUID user = state.identity().userId();
    String cursor = state.cursor() == null ? catchUp.present(user) : state.cursor();
    List<Frame> frames = new ArrayList<>();
    boolean resumes = event.kind() == StreamEvent.Kind.SSE;
    long leastAge = resumes ? BEING_TOLD_NANOS : 0;
    boolean more = true;
    for (int page = 0; page < PAGES && more; page++) {
      // A message with reactions is told again: that its present state was told does not say that all reactions were.
      CatchUp.Read read = catchUp.after(user, cursor,
          message -> message.reacted()
              || !channels.hasTold(user, message.id(), message.version(), sinceNanos, leastAge),
          resumes);
      frames.addAll(read.frames());
      more = read.more();
      if (resumes && read.frames().isEmpty() && read.skipped()) {
        frames.add(read.end()); // so that the client resumes here
      }
      cursor = read.cursor();
    }
    return StreamAnswer.nothing().frames(frames).state(seal.seal(event, state.at(cursor)));
  }
}
