package dev.knatter.adapter.http;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The Date field's IMF-fixdate (RFC 9110 §5.6.7). Not by a DateTimeFormatter: names of days and months load the
 * locale data, which the first answer after a cold start would wait for.
 */
final class HttpDate {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> MONTHS = List
    .of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private HttpDate() {}

  static String now() {
    return format(OffsetDateTime.now(Clock.systemUTC()));
  }

  static String format(OffsetDateTime utc) {
    return DAYS.get(utc.getDayOfWeek().getValue() - 1) + ", " + two(utc.getDayOfMonth()) + " "
        + MONTHS.get(utc.getMonthValue() - 1) + " " + utc.getYear() + " " + two(utc.getHour()) + ":"
        + two(utc.getMinute()) + ":" + two(utc.getSecond()) + " GMT";
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
