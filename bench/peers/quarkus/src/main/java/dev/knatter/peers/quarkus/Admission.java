package dev.knatter.peers.quarkus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.knatter.bench.sending.Draft;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;

/** The product's limit and memory of bodies: its script, in one round trip to Redis once Redis knows it. */
@Singleton
public class Admission {
  private static final String SCRIPT = script("/dev/knatter/chat/limit/admit.lua");
  private static final String HASH = sha1(SCRIPT);

  private final RedisDataSource redis;

  Admission(RedisDataSource redis) {
    this.redis = redis;
  }

  /** Takes a token from the sender's bucket, and remembers the body under its id. True also where Redis is away. */
  boolean admits(String sender, Draft draft) {
    String key = "knatter:{" + sender + "}:";
    String[] rest = {"2", key + "limit:send", key + "body:" + draft.clientId(), "1000", "16666",
        draft.fingerprint(), "3600"};
    try {
      return run(rest).get(0).toLong() == 1;
    } catch (RuntimeException e) {
      return true;
    }
  }

  private Response run(String[] rest) {
    try {
      return redis.execute(Command.EVALSHA, with(HASH, rest));
    } catch (RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains("NOSCRIPT")) {
        return redis.execute(Command.EVAL, with(SCRIPT, rest));
      }
      throw e;
    }
  }

  private static String[] with(String first, String[] rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  private static String script(String resource) {
    try (InputStream in = Admission.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
