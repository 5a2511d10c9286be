package dev.knatter.shared.store.resp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** One Redis or many: whichever holds a key does what is commanded. */
public sealed interface Servers extends AutoCloseable permits Server, Cluster {
  /**
   * Commands and waits, for {@link Server#TIMEOUT_MILLIS} at most.
   *
   * @param key which the command is about; a command with several needs them all at one place, by a hash tag
   * @return what {@link Replies#next} gives
   * @throws IOException where there is no answer; nobody knows whether the command was executed
   */
  @Nullable
  Object ask(String key, byte[] command) throws IOException, InterruptedException;

  /** Commands without waiting; nothing else is tried where it fails. */
  CompletableFuture<@Nullable Object> tell(String key, byte[] command);

  /** One that channels can be heard at. */
  Address listeningPost();

  @Override
  void close();
}
