package dev.knatter.peers.springboot;

import java.util.List;

import dev.knatter.bench.sending.Draft;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/** The product's limit and memory of bodies: its script, in one round trip to Redis. */
@Component
class Admission {
  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> SCRIPT = RedisScript
    .of(new ClassPathResource("dev/knatter/chat/limit/admit.lua"), List.class);

  private final StringRedisTemplate redis;

  Admission(StringRedisTemplate redis) {
    this.redis = redis;
  }

  /** Takes a token from the sender's bucket, and remembers the body under its id. True also where Redis is away. */
  boolean admits(String sender, Draft draft) {
    String key = "knatter:{" + sender + "}:";
    try {
      List<?> answer = redis.execute(SCRIPT, List.of(key + "limit:send", key + "body:" + draft.clientId()), "1000",
          "16666", draft.fingerprint(), "3600");
      return answer.getFirst().equals(1L);
    } catch (DataAccessException e) {
      return true;
    }
  }
}
