package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.Lines;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.people.People;

/**
 * Server-Sent Events (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section 9.2</a>). The
 * server catches up from the cursor of the request. This way has no direction to the server, so what the WebSocket asks for by
 * {@code sync} is read by plain requests.
 */
final class EventStream implements Connection {
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final Api api;
  private final Inbox inbox;
  private final Progress progress;
  private final Visibility visibility;
  private final Clock clock;

  EventStream(Api api, Inbox inbox, Progress progress, Visibility visibility, Clock clock) {
    this.api = api;
    this.inbox = inbox;
    this.progress = progress;
    this.visibility = visibility;
    this.clock = clock;
  }

  @Override
  public Ended run() throws UnusableException {
    try (Lines lines = open()) {
      EventReader events = new EventReader(lines);
      progress.take(hello(events));
      visibility.connected();
      progress.connected(Way.EVENT_STREAM);
      try {
        return follow(events);
      } catch (NoAnswerException | ProblemException e) {
        return Ended.by(e);
      }
    }
  }

  private Lines open() throws UnusableException {
    Call call = Call.get("/v1/stream")
      .query("cursor", progress.cursor())
      .header("Accept",
          "text/event-stream");
    Lines lines;
    try {
      lines = api.lines(call);
    } catch (NoAnswerException | ProblemException e) {
      throw new UnusableException(e);
    }
    if (lines.headers()
      .firstValue("Content-Type")
      .filter(type -> type.startsWith("text/event-stream"))
      .isEmpty()) {
      lines.close();
      throw new UnusableException("The stream is answered as something else than text/event-stream.");
    }
    return lines;
  }

  private Frame hello(EventReader events) throws UnusableException {
    Instant end = clock.instant().plus(OPENING);
    try {
      while (clock.instant().isBefore(end) && !events.ended()) {
        Frame frame = events.next(Duration.between(clock.instant(), end));
        if (frame != null && frame.is(Frame.HELLO)) {
          return frame;
        }
      }
    } catch (NoAnswerException e) {
      throw new UnusableException(e);
    }
    throw new UnusableException("The stream does not begin with hello.");
  }

  private Ended follow(EventReader events) {
    Instant silentFrom = clock.instant();
    while (!events.ended()) {
      Duration within = Connection.least(visibility.untilSync(), progress.untilReading());
      Instant asked = clock.instant();
      Frame frame = events.next(within);
      if (frame != null) {
        if (frame.is(Frame.BYE)) {
          return Ended.by(frame);
        }
        progress.take(frame);
      }
      boolean heard = frame != null || Duration.between(asked, clock.instant()).compareTo(within) < 0;
      silentFrom = heard ? clock.instant() : silentFrom;
      if (clock.instant().isAfter(silentFrom.plus(SILENCE))) {
        return new Ended(Duration.ZERO, "the stream is silent");
      }
      boolean isMissing = progress.readingIsDue();
      if (visibility.syncIsDue() || isMissing) {
        inbox.catchUp(progress);
      }
      presence();
    }
    return new Ended(Duration.ZERO, "the stream has ended");
  }

  private void presence() {
    if (visibility.presenceIsDue()) {
      try {
        new People(api).presence(true);
      } catch (NoAnswerException | ProblemException e) {
        // Presence is no promise, and no reason to give up a stream that works.
      }
    }
  }
}
