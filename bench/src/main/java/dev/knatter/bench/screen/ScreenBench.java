package dev.knatter.bench.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.IdleWait;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * {@code ./knatter bench screen}: how long somebody waits who opens the page while all functions sleep, until the list of
 * conversations and the newest messages are there; with and without {@code wake()}.
 */
public final class ScreenBench {
  private static final String ORIGIN = "https://chat.example.com";
  private static final Map<String, String> ENVIRONMENT = Map.of("KNATTER_ORIGIN", ORIGIN);
  private static final int CONVERSATIONS = 20;
  /** More than a page, in the open conversation. */
  private static final int MESSAGES = 60;
  private static final int CREATED = 201;

  private final ScreenOptions options;
  private final BenchEnvironment bench;
  private final Person other;
  private final RefreshCookie cookie;
  private final Queue<OpenSession> sessions;
  private final Consumer<String> progress;

  private ScreenBench(ScreenOptions options, BenchEnvironment bench, Person other,
      List<OpenSession> sessions, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.other = other;
    this.cookie = RefreshCookie.from(bench.env(ENVIRONMENT));
    this.sessions = new ArrayDeque<>(sessions);
    this.progress = progress;
  }

  public static void run(ScreenOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress)) {
      TestUsers users = bench.people();
      Person visitor = users.people().get(0);
      Person other = users.people().get(1);
      progress.accept("Writing what the page will show");
      converse(bench, users, visitor);
      // One more visit in each state, which is not measured.
      int visits = (options.visits() + 1) * FunctionState.values().length;
      List<OpenSession> sessions;
      try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(bench.env()), Clock.systemUTC())) {
        sessions = OpenSession.write(cassandra, RawStatements.of(cassandra),
            Collections.nCopies(visits, visitor));
      }
      List<ScreenReport.Point> points = new ScreenBench(options, bench, other, sessions, progress).measure();
      Machine machine = Machine.here(Packages.jvm(Packages.product("messages")));
      List<String> notes = new ArrayList<>(ScreenReport.notes(options));
      notes.add(machine.text() + ".");
      System.out.print(ScreenReport.table(points));
      notes.forEach(note -> System.out.println("* " + note));
      if (options.json() != null) {
        Files.writeString(options.json(), ScreenReport.json(options, machine, Instant.now(), points, notes));
      }
    }
  }

  /** Others write to the visitor, one of them more than a page. */
  private static void converse(BenchEnvironment bench, TestUsers users, Person visitor) throws Exception {
    RequestFactory requests = new RequestFactory(bench.env(), users);
    try (FunctionProcess send = bench.start("send", Packages.product("send").command(), Map.of());
        HttpConnection connection = new HttpConnection(send.port())) {
      for (int i = 2; i <= CONVERSATIONS; i++) {
        send(connection, requests.send(users.people().get(i), visitor));
      }
      for (int i = 0; i < MESSAGES; i++) {
        send(connection, requests.send(users.people().get(1), visitor));
      }
    }
  }

  private static void send(HttpConnection connection, byte[] request) throws IOException {
    int status = connection.exchange(request);
    if (status != CREATED) {
      throw new IOException(status + " " + connection.body());
    }
  }

  private List<ScreenReport.Point> measure() throws Exception {
    Map<FunctionState, List<PageVisit.Times>> times = new EnumMap<>(FunctionState.class);
    for (int visit = 0; visit <= options.visits(); visit++) {
      progress.accept(visit == 0
          ? "Opening the page once in each state, so that files are in memory"
          : "Visit %d of %d".formatted(visit, options.visits()));
      for (FunctionState state : FunctionState.values()) {
        PageVisit.Times taken = visit(state);
        if (visit > 0) {
          times.computeIfAbsent(state, _ -> new ArrayList<>()).add(taken);
        }
      }
    }
    return times.entrySet()
      .stream()
      .map(each -> ScreenReport.Point.of(each.getKey(), each.getValue()))
      .toList();
  }

  private PageVisit.Times visit(FunctionState state) throws Exception {
    String token = sessions.remove().token().text();
    IdleWait.await(bench.stores());
    try (ScreenFunctions functions = new ScreenFunctions(bench, ENVIRONMENT)) {
      if (state == FunctionState.AWAKE) {
        functions.awake();
      }
      return new PageVisit(functions, nameAndValue(cookie.holding(token)), ORIGIN, other.name())
        .run(state == FunctionState.WOKEN);
    }
  }

  /** Of a Set-Cookie, what a browser sends back. */
  static String nameAndValue(String setCookie) {
    return setCookie.split(";", 2)[0];
  }
}
