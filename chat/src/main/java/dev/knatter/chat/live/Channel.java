package dev.knatter.chat.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import dev.knatter.shared.Digest;

/**
 * The channels on which held connections listen: one for each user, one for each session, one for each end slot, and at a proxy one
 * for each connection. In Redis the channels share {@value #TOPICS} topics, so that a process has few subscriptions, however many connections it holds.
 */
public final class Channel {
  /** How many topics there are. */
  static final int TOPICS = 64;
  /** Connections end together, in slots of this length. */
  public static final Duration SLOT = Duration.ofMinutes(10);

  static final String USER = "user:";
  static final String SESSION = "session:";
  static final String UNTIL = "until:";
  static final String CONNECTION = "connection:";

  private Channel() {}

  public static String user(UUID user) {
    return USER + user;
  }

  /** @param session of the product, or a session or a person of the outside issuer */
  public static String session(UUID session) {
    return SESSION + session;
  }

  /** The channel of the slot in which a connection ends: the last one that begins before a time. */
  public static String until(Instant end) {
    return UNTIL + slot(end).getEpochSecond();
  }

  /**
   * The channel of one connection that a proxy holds. Whoever makes up an id of a connection cannot have the channel of somebody
   * else.
   */
  public static String connection(UUID user, String id) {
    return CONNECTION + user + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(new Digest().add(id).bytes());
  }

  /** The beginning of the slot of a time. */
  public static Instant slot(Instant time) {
    long seconds = SLOT.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  public static boolean isOfUser(String channel) {
    return channel.startsWith(USER);
  }

  public static boolean isOfSession(String channel) {
    return channel.startsWith(SESSION);
  }

  /** Whether a channel is that of an end slot which has begun. */
  public static boolean hasEnded(String channel, Instant now) {
    return channel.startsWith(UNTIL)
        && Long.parseLong(channel.substring(UNTIL.length())) <= now.getEpochSecond();
  }

  /** The number of the topic that carries a channel. It must be the same in every release. */
  static int topicNumber(String channel) {
    return Math.floorMod(channel.hashCode(), TOPICS);
  }

  /** The topic that carries a channel. */
  static String topic(String channel) {
    return topic(topicNumber(channel));
  }

  static String topic(int number) {
    return "live:" + number;
  }
}
