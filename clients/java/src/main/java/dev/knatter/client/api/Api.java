package dev.knatter.client.api;

import java.util.UUID;

import dev.knatter.client.http.Attempts;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.Lines;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.Reply;
import dev.knatter.client.http.ServerClock;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.http.Transport;
import dev.knatter.client.session.Session;

/** Requests in the name of who is logged in. All operations go through it; it can also send one that this library lacks. */
public final class Api {
  private static final int UNAUTHENTICATED = 401;

  private final Transport transport;
  private final Attempts attempts;
  private final Session session;

  public Api(Transport transport, Attempts attempts, Session session) {
    this.transport = transport;
    this.attempts = attempts;
    this.session = session;
  }

  public Transport transport() {
    return transport;
  }

  public Session session() {
    return session;
  }

  public ServerClock clock() {
    return transport.clock();
  }

  /**
   * The answer as a value.
   *
   * @throws ProblemException if the server refuses
   * @throws NoAnswerException if no answer comes
   * @throws SessionEndedException if nobody is logged in any more
   */
  public <T> T read(Call call, Class<T> type) {
    return attempts.of(call, this::once, reply -> reply.read(type));
  }

  /**
   * Sends a request whose answer says no more than that it worked.
   *
   * @throws KnatterException as {@link #read}
   */
  public void run(Call call) {
    attempts.of(call, this::once, Reply::status);
  }

  /**
   * The answer, which means success; tried again for some time where that may help.
   *
   * @throws KnatterException as {@link #read}
   */
  public Reply exchange(Call call) {
    return attempts.of(call, this::once, reply -> reply);
  }

  /**
   * One attempt, whatever is answered. A token that is refused is renewed, and the request sent with the next one: a request
   * without a good token has done nothing.
   *
   * @throws NoAnswerException if no answer comes
   * @throws SessionEndedException if nobody is logged in any more
   */
  public Reply once(Call call) {
    return call.open() ? transport.exchange(call, null) : onceAs(session.required().userId(), call);
  }

  /**
   * One attempt in the name of a certain user.
   *
   * @throws NoAnswerException if no answer comes
   * @throws SessionEndedException if they are not logged in any more, also if somebody else is
   */
  public Reply onceAs(UUID user, Call call) {
    String token = session.token(user);
    Reply reply = transport.exchange(call, token);
    return reply.status() == UNAUTHENTICATED && reply.problem().isPresent()
        ? transport.exchange(call, session.renewed(user, token))
        : reply;
  }

  /**
   * An answer that comes line by line. One attempt.
   *
   * @throws KnatterException as {@link #read}
   */
  public Lines lines(Call call) {
    UUID user = session.required().userId();
    String token = session.token(user);
    Lines lines = transport.lines(call, token);
    if (lines.status() == UNAUTHENTICATED) {
      lines.close();
      lines = transport.lines(call, session.renewed(user, token));
    }
    if (call.statuses().contains(lines.status())) {
      return lines;
    }
    try (Lines refused = lines) {
      throw refused.whole(transport.timeout()).failure(call);
    }
  }
}
