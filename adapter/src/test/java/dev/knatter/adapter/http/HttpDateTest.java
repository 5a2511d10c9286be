package dev.knatter.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.junit.jupiter.api.Test;

final class HttpDateTest {
  private static final DateTimeFormatter FIXDATE = DateTimeFormatter.ofPattern(
      "EEE, dd MMM uuuu HH:mm:ss 'GMT'",
      Locale.ENGLISH);

  @Test
  void everyDayOfSomeYears_isWrittenAsTheStandardDoes() {
    OffsetDateTime day = OffsetDateTime.of(2026, 1, 1, 1, 2, 3, 0, ZoneOffset.UTC);
    for (int i = 0; i < 1500; i++) {
      OffsetDateTime at = day.plusDays(i).plusMinutes(7L * i);
      assertThat(HttpDate.format(at)).isEqualTo(FIXDATE.format(at));
    }
  }
}
