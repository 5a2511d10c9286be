package dev.knatter.functions.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.GripKeys;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamOptions;
import dev.knatter.adapter.stream.Streaming;
import dev.knatter.chat.account.OpenSessions;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.live.Bell;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.Presence;
import dev.knatter.chat.live.ProxyConnections;
import dev.knatter.chat.live.Tickets;
import dev.knatter.chat.live.Topics;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.chat.sending.SendOperation;
import dev.knatter.chat.sending.SendingFactory;
import dev.knatter.guard.Guard;
import dev.knatter.guard.HeldGuard;
import dev.knatter.guard.PageOrigin;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoints of this function and the objects that they need. */
public final class StreamEndpoints {
  private static final int MAX_BODY = 1024;
  private static final int KEY = 32;
  private static final byte[] SEAL = "connection state".getBytes(StandardCharsets.US_ASCII);
  private static final Route<StreamEvent> STREAM = Route.stream("/v1/stream", "stream")
    .limit(RateLimit.STREAM.id());
  private static final Route<NoInput> TICKET = Route
    .bearer("POST", "/v1/stream/ticket", "stream-ticket", NoInput.class)
    .limit(RateLimit.STREAM.id())
    .maxBody(MAX_BODY);
  private static final Route<PresenceRequest> PRESENCE = Route
    .bearer("POST", "/v1/presence", "stream-presence", PresenceRequest.class)
    .limit(RateLimit.PRESENCE.id())
    .maxBody(MAX_BODY);

  private StreamEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Publishing publishing = Publishing.open(env, stores);
    HeldGuard held = guard.held();
    LiveChannels channels = new LiveChannels(new Topics(stores.redis()), held, stores.clock(), random)
      .start();
    stores.watch(channels);
    stores.beforeClose(channels::close);
    Presence presence = new Presence(cassandra, stores.redis(), new Memberships(cassandra),
        publishing.live().frames());
    Tickets tickets = Tickets.from(env, stores.redis(), stores.clock());
    Endpoint<StreamEvent> stream = new Endpoint<>(STREAM,
        function(env, stores, publishing, held, channels, presence, tickets, random),
        new Streaming(channels, HeldLimits.of(options(), env), grip(env).orElse(null),
            PageOrigin.from(env).value()));
    return List.of(stream,
        new Endpoint<>(TICKET, guard.bearer(RateLimit.STREAM.id(), new TicketFunction(tickets))),
        new Endpoint<>(PRESENCE, guard.bearer(RateLimit.PRESENCE.id(), new PresenceFunction(presence))));
  }

  private static StreamFunction function(Env env, Stores stores, Publishing publishing, HeldGuard held,
      LiveChannels channels, Presence presence, Tickets tickets, RandomGenerator random) {
    Cassandra cassandra = stores.cassandra();
    Slices slices = new Slices(cassandra, stores.clock()).start();
    Cursors cursors = Cursors.from(env);
    MessageViews views = new MessageViews(new Usernames(cassandra), new Reactions(cassandra, stores.clock()));
    CatchUp catchUp = new CatchUp(new Pages(cassandra, stores.clock(), slices, new PageCache(stores.redis())),
        views, cursors);
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Recipients recipients = new Recipients(cassandra);
    SendOperation sending = new SendOperation(
        SendingFactory.create(stores, publishing, recipients, ids, random), recipients, ids);
    StateSeal seal = StateSeal.from(env);
    OpenSessions sessions = new OpenSessions(cassandra);
    ProxyConnections atProxies = new ProxyConnections(stores.redis(), publishing.live().frames());
    RevocationRecheck recheck = new RevocationRecheck(held, publishing.live().frames());
    stores.beforeClose(recheck::close);
    Opening opening = new Opening(held, tickets, sessions, new Bell(stores.redis()), catchUp, cursors,
        channels, atProxies, recheck, seal, stores.clock());
    return new StreamFunction(opening, new ClientFrames(held, catchUp, sending, presence), catchUp,
        new Woken(catchUp, new Memberships(cassandra), new Timeline(cassandra, slices), views, channels,
            seal),
        held, sessions, atProxies, seal, stores.clock());
  }

  private static StreamOptions options() {
    return StreamOptions.of(Outgoing.farewell(Bye.SLOW, Close.POLICY),
        Outgoing.farewell(Bye.TOO_MANY, Close.POLICY),
        millis -> Outgoing.farewell(Bye.reconnect(millis), Close.GOING_AWAY));
  }

  /** The keys for GRIP proxies, where KNATTER_GRIP_KEY is the one that the proxies have, too. */
  private static Optional<GripKeys> grip(Env env) {
    return env.findSecret("KNATTER_GRIP_KEY")
      .map(key -> GripKeys.of(key, new Hmac(env.requireKey("KNATTER_CURSOR_KEY", KEY)).of(SEAL)));
  }
}
