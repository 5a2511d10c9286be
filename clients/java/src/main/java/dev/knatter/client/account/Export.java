package dev.knatter.client.account;

import java.time.Duration;
import java.util.function.Consumer;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Backoff;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.Lines;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An export, read to its end over as many connections as that takes. */
final class Export {
  /** Attempts without a new cursor, after which it fails. */
  private static final int PATIENCE = 8;
  /** So long may a connection bring nothing. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Api api;

  Export(Api api) {
    this.api = api;
  }

  void read(@Nullable String from, Consumer<ExportLine> lines) {
    String after = from;
    Backoff backoff = new Backoff();
    for (int failed = 0;;) {
      Part part = part(after, lines);
      if (part.failure() == null) {
        return;
      }
      boolean advanced = part.cursor() != null && !part.cursor().equals(after);
      after = part.cursor();
      failed = advanced ? 1 : failed + 1;
      if (failed >= PATIENCE) {
        throw part.failure();
      }
      Backoff.pause(backoff.next(part.failure().retryAfter()));
    }
  }

  /**
   * What one connection has brought.
   *
   * @param cursor the last one
   * @param failure null if the end was reached
   */
  private record Part(@Nullable String cursor, @Nullable KnatterException failure) {}

  private Part part(@Nullable String after, Consumer<ExportLine> lines) {
    String cursor = after;
    try (Lines answer = api.lines(Call.get("/v1/me/export").query("after", after))) {
      for (String text = answer.next(SILENCE); text != null; text = answer.next(SILENCE)) {
        ExportLine line = ExportLine.of(text);
        lines.accept(line);
        if (line.type().equals("end")) {
          return new Part(cursor, null);
        }
        cursor = line.after() == null ? cursor : line.after();
      }
      return new Part(cursor, new NoAnswerException("The export broke off."));
    } catch (NoAnswerException e) {
      return new Part(cursor, e);
    } catch (JacksonException e) {
      return new Part(cursor, new NoAnswerException("A line of the export is damaged.", e));
    } catch (ProblemException e) {
      if (!e.problem().passes()) {
        throw e;
      }
      return new Part(cursor, e);
    }
  }
}
