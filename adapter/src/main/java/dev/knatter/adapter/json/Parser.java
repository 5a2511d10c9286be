package dev.knatter.adapter.json;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) as a tree of maps, lists, texts, longs, doubles, booleans and nulls. Accepts nothing
 * that the grammar does not have, no name twice in an object, and nothing that could cost more than its length.
 */
final class Parser {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_NAME = 50_000;
  /** So many digits a long may have. */
  private static final int LONG_DIGITS = 19;
  private static final char END = '\0';

  private final char[] text;
  private int at;
  private int depth;

  private Parser(String text) {
    this.text = text.toCharArray();
  }

  /** @throws InvalidInput when it is not one JSON text */
  static @Nullable Object parse(String text) {
    Parser parser = new Parser(text);
    parser.space();
    if (parser.at == parser.text.length) {
      throw new InvalidInput("", "is missing");
    }
    Object tree = parser.value();
    if (parser.at < parser.text.length) {
      throw parser.malformed();
    }
    return tree;
  }

  /** A text which is a number and nothing else; otherwise null. */
  static @Nullable Object number(String text) {
    Parser parser = new Parser(text);
    try {
      Object number = parser.number();
      return parser.at == parser.text.length ? number : null;
    } catch (InvalidInput e) {
      return null;
    }
  }

  /** A value and the white space behind it (§3). */
  private @Nullable Object value() {
    Object value = switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
    space();
    return value;
  }

  /** §4 */
  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    open();
    if (peek() != '}') {
      member(object);
      while (peek() == ',') {
        next();
        member(object);
      }
    }
    close('}');
    return object;
  }

  private void member(Map<String, @Nullable Object> object) {
    if (peek() != '"') {
      throw malformed();
    }
    String name = string();
    if (name.length() > MAX_NAME) {
      throw excessive();
    }
    if (object.containsKey(name)) {
      throw malformed();
    }
    space();
    if (peek() != ':') {
      throw malformed();
    }
    next();
    object.put(name, value());
  }

  /** §5 */
  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    open();
    if (peek() != ']') {
      array.add(value());
      while (peek() == ',') {
        next();
        array.add(value());
      }
    }
    close(']');
    return array;
  }

  private void open() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw excessive();
    }
    next();
  }

  private void close(char bracket) {
    if (peek() != bracket) {
      throw malformed();
    }
    depth--;
    at++;
  }

  private @Nullable Object literal(String literal, @Nullable Object value) {
    for (int i = 0; i < literal.length(); i++) {
      if (peek() != literal.charAt(i)) {
        throw malformed();
      }
      at++;
    }
    return value;
  }

  /** §6: a long, unless it has a fraction or an exponent or is too large for one. */
  private Object number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = 1;
    if (peek() == '0') {
      at++;
    } else {
      digits = digits();
    }
    boolean integer = true;
    if (peek() == '.') {
      at++;
      digits += digits();
      integer = false;
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits += digits();
      integer = false;
    }
    if (digits > MAX_DIGITS) {
      throw excessive();
    }
    String number = new String(text, start, at - start);
    if (integer && digits <= LONG_DIGITS) {
      try {
        return Long.parseLong(number);
      } catch (NumberFormatException e) {
        // Just too large for a long.
      }
    }
    return Double.parseDouble(number);
  }

  private int digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return at - start;
  }

  /** §7 */
  private String string() {
    at++;
    int start = at;
    while (plain(peek())) {
      at++;
    }
    if (peek() == '"') {
      at++;
      return new String(text, start, at - 1 - start);
    }
    StringBuilder string = new StringBuilder().append(text, start, at - start);
    while (peek() != '"') {
      char c = peek();
      if (c != '\\' && !plain(c)) {
        throw malformed();
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private static boolean plain(char c) {
    return c != '"' && c != '\\' && c >= ' ';
  }

  private char escaped() {
    char c = peek();
    if (c == 'u') {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        at++;
        if (!HexFormat.isHexDigit(peek())) {
          throw malformed();
        }
        code = code << 4 | HexFormat.fromHexDigit(peek());
      }
      at++;
      return (char) code;
    }
    int escape = "\"\\/bfnrt".indexOf(c);
    if (escape < 0) {
      throw malformed();
    }
    at++;
    return "\"\\/\b\f\n\r\t".charAt(escape);
  }

  /** The character that is next; NUL, which is allowed nowhere, at the end. */
  private char peek() {
    return at < text.length ? text[at] : END;
  }

  /** Past a structural character, and the white space behind it. */
  private void next() {
    at++;
    space();
  }

  private void space() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  private InvalidInput malformed() {
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n'))) {
        line++;
        start = i + 1;
      }
    }
    return new InvalidInput("", "must be one well-formed JSON text without repeated names (line " + line
        + ", column " + (at - start + 1) + ")");
  }

  private static InvalidInput excessive() {
    return new InvalidInput("", "is nested too deeply or has a number or name that is too long");
  }
}
