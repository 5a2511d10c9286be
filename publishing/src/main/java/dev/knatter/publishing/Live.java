package dev.knatter.publishing;

import java.util.function.Supplier;

import dev.knatter.adapter.json.Json;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.live.Bell;
import dev.knatter.chat.live.FramePublisher;
import dev.knatter.chat.live.LiveFrame;
import dev.knatter.chat.live.LivePublications;
import dev.knatter.chat.live.LiveSink;
import dev.knatter.chat.live.Proxies;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.Destination;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Tells held connections. Its parts are made with the first event, so that they do not slow down the first answer of the
 * process.
 */
public final class Live {
  private final Stores stores;
  private final Proxies proxies;
  private final Publications publications;
  private @Nullable Parts parts;

  private record Parts(FramePublisher frames, EventSink sink) {}

  private Live(Stores stores, Proxies proxies) {
    this.stores = stores;
    this.proxies = proxies;
    LivePublications told = new LivePublications(sink(), new Uuid7(stores.clock()));
    stores.beforeClose(told::close);
    this.publications = proxies.exist() ? kept(told) : told;
  }

  static Live open(Env env, Stores stores) {
    return new Live(stores, GripProxies.from(env).<Proxies>map(grip -> {
      stores.beforeClose(grip::close); // it closes last, because the others use it
      return grip;
    }).orElse(Proxies.NONE));
  }

  /** Keeps a row of every event until all proxies have accepted it. */
  private Publications kept(LivePublications told) {
    Publisher publisher = new Publisher(stores.cassandra(), Publishing.table(stores, Destination.LIVE),
        sink());
    stores.beforeClose(publisher::close);
    return new Publications() {
      @Override
      public Publication open(EventReference reference) {
        return publisher.open(reference);
      }

      @Override
      public void tell(ChatEvent event) {
        told.tell(event);
      }
    };
  }

  Publications publications() {
    return publications;
  }

  /** Where events become frames. Without proxies it accepts what a sweep has found. */
  EventSink sink() {
    return event -> parts().sink().deliver(event);
  }

  /** What publishes frames. */
  public Supplier<FramePublisher> frames() {
    return () -> parts().frames();
  }

  /** Writes frames as JSON. */
  public static LiveFrame.Writer writer() {
    return new Json()::write;
  }

  private synchronized Parts parts() {
    Parts known = parts;
    if (known == null) {
      Cassandra cassandra = stores.cassandra();
      Usernames names = new Usernames(cassandra);
      FramePublisher frames = new FramePublisher(new Bell(stores.redis()), proxies,
          new MessageViews(names, new Reactions(cassandra, stores.clock())), writer());
      known = new Parts(frames, new LiveSink(cassandra, frames, new Memberships(cassandra),
          new Timeline(cassandra, new Slices(cassandra, stores.clock())), names, stores.clock()));
      parts = known;
    }
    return known;
  }
}
