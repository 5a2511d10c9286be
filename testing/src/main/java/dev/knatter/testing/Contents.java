package dev.knatter.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.datastax.oss.driver.api.core.cql.Row;

/** Reads everything that the stores of a test class hold as lines of text: every row of every table, every key of Redis. */
public final class Contents {
  /** Returns each key of Redis that lives for longer than so many milliseconds, with its content, for all types. */
  private static final String REDIS = """
      local lines = {}
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local left = redis.call('PTTL', key)
        if left < 0 or left > tonumber(ARGV[1]) then
          local kind = redis.call('TYPE', key).ok
          local value = kind == 'string' and {redis.call('GET', key)} or kind == 'hash' and redis.call('HGETALL', key)
            or kind == 'zset' and redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') or redis.call('SMEMBERS', key)
          table.insert(lines, key .. ' = ' .. table.concat(value, ' '))
        end
      end
      return table.concat(lines, '\\n')""";

  private Contents() {}

  /** Returns a line for each row. It begins with the name of the table and a colon. */
  public static List<String> ofCassandra(RealStores stores) {
    List<String> lines = new ArrayList<>();
    for (Row table : stores.session()
      .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", stores.keyspace())) {
      String name = Objects.requireNonNull(table.getString("table_name"));
      stores.session()
        .execute("SELECT * FROM " + name)
        .forEach(row -> lines.add(name + ": " + row.getFormattedContents()));
    }
    return lines;
  }

  /** Returns a line for each key. It begins with the key. */
  public static List<String> ofRedis(RealStores stores) {
    return ofRedis(stores, Duration.ZERO);
  }

  /** Returns the lines of the keys that are still there after this time, if nobody writes them meanwhile. */
  public static List<String> ofRedis(RealStores stores, Duration later) {
    String after = Long.toString(later.toMillis());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stores.redisProcess().port())) {
      byte[] script = REDIS.getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream()
        .write(("*4\r\n$4\r\nEVAL\r\n$" + script.length + "\r\n" + REDIS + "\r\n$1\r\n0\r\n$" + after.length()
            + "\r\n" + after + "\r\n")
          .getBytes(StandardCharsets.UTF_8));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      StringBuilder length = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        length.append((char) c);
      }
      if (length.charAt(0) != '$') {
        throw new IOException("Redis answered " + length);
      }
      byte[] text = in.readNBytes(Integer.parseInt(length.substring(1).strip()));
      return new String(text, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
