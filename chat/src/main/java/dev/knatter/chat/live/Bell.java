package dev.knatter.chat.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.knatter.chat.live.LiveFrame.Numbers;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;

/**
 * Publishes frames in Redis to the processes that hold connections. One script numbers a frame for each user and publishes it, so
 * that numbers and publications have one order. Nothing here throws if Redis is away: whoever misses a frame learns of it by a gap
 * in the numbers or by reading the inbox.
 */
public final class Bell {
  private static final Script RING = Script.load(Bell.class, "ring.lua");
  private static final Script NUMBERS = Script.load(Bell.class, "numbers.lua");
  private static final Script PUBLISH = Script.load(Bell.class, "publish.lua");
  /** From a connection's opening or a hundredth frame on. Afterwards a new epoch begins, and clients catch up. */
  private static final Duration KEPT = Duration.ofDays(1);
  /** The longest frame that travels in Redis, in bytes. Of a longer one, a reference does. */
  static final int LONGEST = 4 * 1024;
  /** The script for so many takes about a millisecond, for which Redis serves nobody else. */
  private static final int USERS_AT_ONCE = 512;

  private final Redis redis;

  public Bell(Redis redis) {
    this.redis = redis;
  }

  /**
   * Publishes a frame to users, once for all users of a topic.
   *
   * @param header of the frame or of the reference ({@link BellMessage})
   * @param frame  a JSON object that is not empty; null to publish a reference
   * @return each user's numbers of the frame; none for users for whom Redis was away
   */
  Map<UUID, Numbers> ring(Collection<UUID> users, String header, byte @Nullable [] frame) {
    byte[] content = BellMessage.content(header, frame == null ? new byte[0] : frame);
    Map<UUID, Numbers> numbers = new HashMap<>();
    for (List<UUID> all : scripts(users)) {
      Chunks.of(all, USERS_AT_ONCE).forEach(some -> ring(some, content, numbers));
    }
    return numbers;
  }

  /** The users in the order of their topics. In a Redis Cluster each topic's users are on one node, and have their own script. */
  private Collection<List<UUID>> scripts(Collection<UUID> users) {
    Map<Integer, List<UUID>> topics = users.stream().collect(Collectors.groupingBy(Bell::topicNumber));
    return redis.isCluster()
        ? topics.values()
        : List.of(topics.values().stream().flatMap(List::stream).toList());
  }

  private void ring(List<UUID> users, byte[] content, Map<UUID, Numbers> numbers) {
    List<String> keys = users.stream().map(Bell::key).toList();
    List<Object> arguments = new ArrayList<>(List.of(KEPT.toSeconds(), content));
    for (UUID user : users) {
      arguments.add(Channel.topic(topicNumber(user)));
      arguments.add(Channel.user(user));
    }
    redis.eval(RING, keys, arguments.toArray()).ifPresent(reply -> {
      for (int i = 0; i < users.size(); i++) {
        numbers.put(users.get(i), new Numbers((String) reply.get(2 * i), (Long) reply.get(2 * i + 1)));
      }
    });
  }

  /** Publishes a frame without numbers. isLast: whether the connections of the channels end after it */
  void publish(List<String> channels, byte[] frame, boolean isLast) {
    if (channels.isEmpty()) {
      return;
    }
    List<Object> arguments = new ArrayList<>();
    arguments.add(BellMessage.content(isLast ? BellMessage.last() : BellMessage.header(), frame));
    channels.stream()
      .collect(Collectors.groupingBy(channel -> Channel.topic(channel)))
      .forEach((topic, some) -> {
        arguments.add(topic);
        arguments.add(String.join(BellMessage.SEPARATOR, some));
      });
    redis.eval(PUBLISH, List.of("live:{publish}"), arguments.toArray());
  }

  /** The numbers of the last frame that was published to a user; null if Redis is away. */
  public @Nullable Numbers numbers(UUID user) {
    return redis.eval(NUMBERS, List.of(key(user)), KEPT.toSeconds())
      .map(reply -> new Numbers((String) reply.get(0), (Long) reply.get(1)))
      .orElse(null);
  }

  /** A frame with numbers. */
  public static byte[] numbered(byte[] frame, @Nullable Numbers numbers) {
    if (numbers == null) {
      return frame;
    }
    byte[] end = end(numbers).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(frame, frame.length - 1 + end.length);
    System.arraycopy(end, 0, all, frame.length - 1, end.length);
    return all;
  }

  /** The same of a frame as text. */
  static String numbered(String frame, Numbers numbers) {
    return frame.substring(0, frame.length() - 1) + end(numbers);
  }

  private static String end(Numbers numbers) {
    return ",\"epoch\":\"" + numbers.epoch() + "\",\"sequence\":" + numbers.sequence() + "}";
  }

  private static int topicNumber(UUID user) {
    return Channel.topicNumber(Channel.user(user));
  }

  /** The hash tag is the topic, for {@link #scripts}. */
  static String key(UUID user) {
    return "live:{" + topicNumber(user) + "}:numbers:" + user;
  }
}
