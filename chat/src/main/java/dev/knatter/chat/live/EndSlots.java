package dev.knatter.chat.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.knatter.chat.live.LiveFrame.Bye;

/**
 * Ends the connections whose slot has begun. It is called every ten minutes, which is as long as a slot, and ends the last few
 * slots again: an earlier call may have been left out, or a proxy may have been away.
 */
public final class EndSlots {
  private static final Duration AGAIN = Duration.ofHours(1);

  private final Clock clock;
  private final Supplier<FramePublisher> frames;

  public EndSlots(Clock clock, Supplier<FramePublisher> frames) {
    this.clock = clock;
    this.frames = frames;
  }

  /** Returns whether every proxy knows it. */
  public boolean end() {
    Instant now = clock.instant();
    List<String> channels = new ArrayList<>();
    for (Instant slot = Channel.slot(now); slot.isAfter(now.minus(AGAIN)); slot = slot.minus(Channel.SLOT)) {
      channels.add(Channel.until(slot));
    }
    return frames.get().end(channels, Bye.EXPIRED);
  }
}
