package dev.knatter.chat.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import dev.knatter.shared.Base64Text;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.IdentityText;

/**
 * Tickets for browsers, which cannot send an access token when they open a WebSocket. A ticket is good once, for {@link
 * #LIFETIME}. Redis has the ticket's digest and what it stands for, with an HMAC: whoever reads or writes Redis gets no ticket.
 */
public final class Tickets {
  public static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final Script ISSUE = Script.load(Tickets.class, "ticket-issue.lua");
  private static final Script REDEEM = Script.load(Tickets.class, "ticket-redeem.lua");
  private static final int BYTES = 32;
  private static final int KEY = 32;
  private static final byte[] PURPOSE = "ticket\n".getBytes(StandardCharsets.US_ASCII);

  private final Redis redis;
  private final Clock clock;
  private final Hmac mac;
  private final SecureRandom secrets = new SecureRandom();

  /** expiresAt: when the ticket opens nothing any more */
  public record Issued(String ticket, Instant expiresAt) {}

  private Tickets(Redis redis, Clock clock, Hmac mac) {
    this.redis = redis;
    this.clock = clock;
    this.mac = mac;
  }

  /** Reads the key from the secret KNATTER_CURSOR_KEY. */
  public static Tickets from(Env env, Redis redis, Clock clock) {
    return new Tickets(redis, clock, new Hmac(env.requireKey("KNATTER_CURSOR_KEY", KEY)));
  }

  /** @throws Unavailable if Redis is away */
  public Issued issue(Identity identity) {
    byte[] random = new byte[BYTES];
    secrets.nextBytes(random);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Instant expiresAt = clock.instant().plus(LIFETIME);
    String text = expiresAt.toEpochMilli() + " " + IdentityText.of(identity);
    String sealed = Base64Text.encode(tag(ticket, text)) + " " + text;
    if (redis.eval(ISSUE, List.of(key(ticket)), sealed, LIFETIME.toSeconds()).isEmpty()) {
      throw new Unavailable("No ticket can be issued at the moment.");
    }
    return new Issued(ticket, expiresAt);
  }

  /**
   * Who a ticket was issued to. The ticket is spent then.
   *
   * @throws Unauthenticated if it is no ticket, or was spent, or is too old
   * @throws Unavailable     if Redis is away
   */
  public Identity redeem(String ticket) {
    List<Object> found = redis.eval(REDEEM, List.of(key(ticket)))
      .orElseThrow(() -> new Unavailable("Tickets cannot be checked at the moment."));
    return found.stream()
      .findFirst()
      .flatMap(value -> open(ticket, (String) value))
      .orElseThrow(() -> new Unauthenticated("The ticket is not valid."));
  }

  private Optional<Identity> open(String ticket, String sealed) {
    String[] parts = sealed.split(" ", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    String text = parts[1] + " " + parts[2];
    return Base64Text.decode(parts[0])
      .filter(tag -> MessageDigest.isEqual(tag, tag(ticket, text)))
      .filter(_ -> Long.parseLong(parts[1]) >= clock.millis())
      .map(_ -> IdentityText.identity(parts[2]));
  }

  private byte[] tag(String ticket, String text) {
    return Arrays.copyOf(
        mac.of(PURPOSE, new Digest().add(ticket).bytes(), text.getBytes(StandardCharsets.UTF_8)),
        16);
  }

  private static String key(String ticket) {
    return "live:{" + Base64.getUrlEncoder().withoutPadding().encodeToString(new Digest().add(ticket).bytes())
        + "}:ticket";
  }
}
