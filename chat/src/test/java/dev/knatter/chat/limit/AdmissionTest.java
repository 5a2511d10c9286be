package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.limit.RateLimit.Scope;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AdmissionTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final RateLimit THREE_AN_HOUR = limit(3, Duration.ofMinutes(20), true);

  private final Redis redis = stores.openRedis();
  private final Admission admission = new Admission(redis);
  private final String subject = UUID.randomUUID().toString();

  private static RateLimit limit(int capacity, Duration refill, boolean failOpen) {
    return new RateLimit("test", capacity, refill, Scope.USER, failOpen);
  }

  @AfterEach
  void restore() {
    stores.redisProxy().restore();
  }

  private Admitted admit(RateLimit limit) {
    return admission.admit(limit, subject, null);
  }

  private ReplayCheck replay(String id, String body) {
    return admission.admit(RateLimit.SEND, subject, new RequestFingerprint(id, body)).replay();
  }

  @Test
  void admit_untilTheBucketIsEmpty_countsDown() {
    for (long left = 2; left >= 0; left--) {
      Admitted.Remaining now = Objects.requireNonNull(admit(THREE_AN_HOUR).remaining());
      assertThat(now.requests()).isEqualTo(left);
      assertThat(now.untilMore()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }
    RateLimited refused = catchThrowableOfType(RateLimited.class, () -> admit(THREE_AN_HOUR));
    assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    assertThat(refused.limit()).isEqualTo("test");
  }

  @Test
  void admit_afterTheRefill_letsOneMoreIn() {
    RateLimit quick = limit(1, Duration.ofMillis(300), true);
    admit(quick);
    await().ignoreExceptionsInstanceOf(RateLimited.class).untilAsserted(() -> admit(quick));
  }

  @Test
  void admit_otherSubjectOrLimit_hasItsOwnBucket() {
    RateLimit one = limit(1, Duration.ofHours(1), true);
    admit(one);

    assertThatThrownBy(() -> admit(one)).isInstanceOf(RateLimited.class);
    assertThat(admission.admit(one, "somebody-else", null).remaining()).isNotNull();
    assertThat(admit(RateLimit.SEND).remaining()).isNotNull();
  }

  @Test
  void admit_afterANotice_isNoticedForThatSubjectAlone() {
    UUID user = UUID.fromString(subject);
    assertThat(admit(RateLimit.SEND).invalidated()).isFalse();
    new UserInvalidations(redis).invalidate(user);

    assertThat(admit(RateLimit.SEND).invalidated()).isTrue();
    assertThat(admission.admit(RateLimit.SEND, subject, new RequestFingerprint("id", "body")).invalidated())
      .isTrue();
    assertThat(admission.admit(RateLimit.SEND, UUID.randomUUID().toString(), null).invalidated()).isFalse();
    assertThat(millisLeft(UserInvalidations.key(subject))).isBetween(50_000L, 60_000L);
  }

  @Test
  void admit_manyAtOnce_letsInExactlyTheCapacity() throws Exception {
    RateLimit twenty = limit(20, Duration.ofHours(1), true);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> {
        try {
          admit(twenty);
          return true;
        } catch (RateLimited e) {
          return false;
        }
      });
    }
    int admitted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> one : threads.invokeAll(calls)) {
        admitted += one.get() ? 1 : 0;
      }
    }
    assertThat(admitted).isEqualTo(20);
  }

  @Test
  void admit_sixtyFourCallersInTwoProcesses_letsInTheCapacityAndWhatCameBackAndNeverMore() throws Exception {
    RateLimit limit = AdmissionProcess.LIMIT;
    try (AdmissionProcess one = AdmissionProcess.start(stores.env(), subject, 32, 25);
        AdmissionProcess two = AdmissionProcess.start(stores.env(), subject, 32, 25)) {
      one.awaitReady();
      two.awaitReady();
      long start = System.nanoTime();
      one.go();
      two.go();
      int admitted = one.admitted() + two.admitted();
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat((long) admitted).isBetween((long) limit.capacity(),
          limit.capacity() + took.dividedBy(limit.refill()));
    }
  }

  @Test
  void admit_bucketFromAFutureClock_waitsNoLongerThanItsWindow() {
    String bucket = "knatter:{" + subject + "}:limit:test";
    redis.set(bucket, "9000000000000000", Duration.ofHours(1));
    RateLimited refused = catchThrowableOfType(RateLimited.class, () -> admit(THREE_AN_HOUR));
    assertThat(refused.retryAfter()).isEqualTo(THREE_AN_HOUR.refill());
  }

  @Test
  void memory_sameAndOtherBody_areToldApart() {
    assertThat(replay("id-1", "a")).isEqualTo(ReplayCheck.FRESH);
    assertThat(replay("id-1", "a")).isEqualTo(ReplayCheck.REPEATED);
    assertThat(replay("id-1", "b")).isEqualTo(ReplayCheck.OTHER_BODY);
    assertThat(replay("id-1", "a")).isEqualTo(ReplayCheck.REPEATED);
    assertThat(replay("id-2", "b")).isEqualTo(ReplayCheck.FRESH);
    assertThat(admission.admit(RateLimit.SEND, "other", new RequestFingerprint("id-1", "b")).replay())
      .isEqualTo(ReplayCheck.FRESH);
    assertThat(admit(RateLimit.SEND).replay()).isEqualTo(ReplayCheck.UNKNOWN);
  }

  @Test
  void memory_ofARefusedRequest_isNotKept() {
    RateLimit one = limit(1, Duration.ofHours(1), true);
    admit(one);
    assertThatThrownBy(() -> admission.admit(one, subject, new RequestFingerprint("id", "a")))
      .isInstanceOf(RateLimited.class);

    assertThat(replay("id", "b")).isEqualTo(ReplayCheck.FRESH);
  }

  @Test
  void redisEmptied_countsAndRemembersAnew() {
    replay("id", "a");
    admit(THREE_AN_HOUR);
    stores.flushRedis();

    assertThat(replay("id", "b")).isEqualTo(ReplayCheck.FRESH);
    assertThat(admit(THREE_AN_HOUR).remaining()).extracting(Admitted.Remaining::requests).isEqualTo(2L);
  }

  @Test
  void redisAway_failOpenDecides() {
    stores.redisProxy().cut();

    assertThat(admit(THREE_AN_HOUR)).isEqualTo(new Admitted(THREE_AN_HOUR, ReplayCheck.UNKNOWN, null, true));
    assertThat(replay("id", "a")).isEqualTo(ReplayCheck.UNKNOWN);
    assertThatThrownBy(() -> admit(limit(3, Duration.ofMinutes(1), false))).isInstanceOf(Unavailable.class);
  }

  private long millisLeft(String key) {
    return (Long) redis.eval(new Script("return {redis.call('PTTL', KEYS[1])}"), List.of(key))
      .orElseThrow()
      .getFirst();
  }

  @Test
  void keys_always_expire() {
    admission.admit(THREE_AN_HOUR, subject, new RequestFingerprint("id", "a"));
    List<Long> times = Stream.of(":limit:test", ":body:id")
      .map(name -> "knatter:{" + subject + "}" + name)
      .map(key -> millisLeft(key))
      .toList();

    assertThat(times).allMatch(millis -> millis > 0 && millis <= 3_600_000);
  }
}
