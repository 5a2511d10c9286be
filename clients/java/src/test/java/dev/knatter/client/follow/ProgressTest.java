package dev.knatter.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.knatter.client.http.ServerClock;
import dev.knatter.client.message.Message;
import org.junit.jupiter.api.Test;

/** Which frames mean that something is missing, and what is told of them. */
final class ProgressTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> cursors = new ArrayList<>();
  private int hintsMissed;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final Clock clock = new Clock() {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  };
  private final Progress progress = new Progress(new Listener() {
    @Override
    public void message(Message message) {
      told.add(message.content() + message.version() + message.reactions().size());
    }

    @Override
    public void cursor(String cursor) {
      cursors.add(cursor);
    }

    @Override
    public void hintsMissed() {
      hintsMissed++;
    }
  }, new ServerClock(Clock.systemUTC()), clock, "start");

  private void take(String json) {
    progress.take(Frame.of(json.replace('\'', '"')));
  }

  private static String message(String type, int id, int version, String more) {
    return "{'type':'" + type + "','message':{'id':'019a4f70-1c2d-7d5e-9f60-00000000000" + id
        + "','conversationId':'5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2','sender':'ada','content':'m" + id
        + "','contentType':'text/plain','sentAt':'2026-11-21T08:01:55.117Z','version':" + version + "}" + more
        + "}";
  }

  private static String read(int sequence) {
    return "{'type':'read','epoch':'e','sequence':" + sequence + "}";
  }

  @Test
  void numbers_withoutAGap_ofOneEpoch_meanThatNothingIsMissing() {
    take("{'type':'hello','epoch':'e','sequence':7}");
    take(message("message", 1, 1, ",'epoch':'e','sequence':8"));
    take("{'type':'something-new','epoch':'e','sequence':9}");
    take(message("message", 1, 1, ",'epoch':'e','sequence':9"));
    now = now.plusSeconds(2);
    assertThat(progress.readingIsDue()).isFalse();
    assertThat(told).containsExactly("m110");
  }

  @Test
  void missingNumber_isReadAfterASecond_andOnce() {
    take("{'type':'hello','epoch':'e','sequence':7}");
    take(message("edited", 1, 2, ",'epoch':'e','sequence':9"));
    assertThat(progress.readingIsDue()).isFalse();
    assertThat(progress.untilReading()).isEqualTo(Duration.ofSeconds(1));
    now = now.plusSeconds(1);
    assertThat(progress.readingIsDue()).isTrue();
    assertThat(progress.readingIsDue()).isFalse();
    take(message("message", 2, 1, ",'epoch':'e','sequence':8"));
    assertThat(told).containsExactly("m120", "m210");
  }

  @Test
  void missingNumber_isReadOnceMore_afterFiveSeconds_andHintsAreMissedOnce() {
    take("{'type':'hello','epoch':'e','sequence':7}");
    take(read(500));
    assertThat(progress.readingIsDue()).isTrue();
    assertThat(progress.untilReading()).isEqualTo(Duration.ofSeconds(5));
    assertThat(progress.readingIsDue()).isFalse();
    take("{'type':'hello','epoch':'e','sequence':500}");
    now = now.plusSeconds(5);
    assertThat(progress.untilReading()).isZero();
    assertThat(progress.readingIsDue()).isTrue();
    assertThat(progress.readingIsDue()).isFalse();
    assertThat(progress.untilReading()).isEqualTo(Duration.ofMinutes(1));
    assertThat(hintsMissed).isEqualTo(1);
  }

  @Test
  void numbersInAnotherOrder_areNoGap() {
    take("{'type':'hello','epoch':'e','sequence':7}");
    take(read(10));
    take(read(8));
    take(read(9));
    now = now.plusSeconds(2);
    assertThat(progress.readingIsDue()).isFalse();
  }

  @Test
  void anotherEpoch_andManyNumbers_areReadAtOnce() {
    take("{'type':'hello','epoch':'d','sequence':7}");
    take(read(8));
    assertThat(progress.readingIsDue()).isTrue();
    take(read(500));
    assertThat(progress.readingIsDue()).isTrue();
    take(read(501));
    assertThat(progress.readingIsDue()).isFalse();
  }

  @Test
  void states_areToldOnce_andNoneAfterALaterOne() {
    take(message("edited", 1, 2, ",'cursor':'c1'"));
    take(message("message", 1, 1, ",'cursor':'c2'"));
    take(message("edited", 1, 2, ""));
    String reacted = message("reaction", 1, 2, "").replace("'version':2",
        "'version':2,'reactions':[{'emoji':'x','count':1,'mine':false,'users':['eve']}]");
    take(reacted);
    take("{'type':'sync','cursor':'c3','more':false}");
    assertThat(told).containsExactly("m120", "m121");
    assertThat(cursors).containsExactly("c3");
    assertThat(progress.cursor()).isEqualTo("c3");
  }
}
