package dlv.runtime.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recursive-descent reader of RFC 8259, with a limit on depth and without double keys. */
final class JsonReader {
  /** The deepest nesting that is read. */
  static final int DEPTH = 64;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Json document() {
    Json value = value(0);
    space();
    if (at < text.length()) {
      throw fault("the value has ended, but more text follows");
    }
    return value;
  }

  private Json value(int depth) {
    if (depth > DEPTH) {
      throw fault("nested deeper than " + DEPTH);
    }
    space();
    if (at >= text.length()) {
      throw fault("the text ends where a value should stand");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Truth(true));
      case 'f' -> word("false", new Json.Truth(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json members(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    if (next('}')) {
      return new Json.Members(members);
    }
    do {
      space();
      int keyAt = at;
      String key = string();
      expect(':');
      if (members.put(key, value(depth + 1)) != null) {
        at = keyAt;
        throw fault("the key \"" + key + "\" occurs twice");
      }
    } while (next(','));
    expect('}');
    return new Json.Members(members);
  }

  private Json items(int depth) {
    List<Json> items = new ArrayList<>();
    at++;
    if (next(']')) {
      return new Json.Items(items);
    }
    do {
      items.add(value(depth + 1));
    } while (next(','));
    expect(']');
    return new Json.Items(items);
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw fault("a string should stand here");
    }
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      } else if (c < 0x20) {
        throw fault("a control character inside a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw fault("the string is not closed");
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw fault("an unknown escape in a string");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 1; i <= 4; i++) {
      char c = at + i < text.length() ? text.charAt(at + i) : 0;
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw fault("\\u wants four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    at += 4;
    return (char) code;
  }

  private Json number() {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    return new Json.Number(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fault("no JSON value");
    }
  }

  private boolean skip(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw fault("no JSON value");
    }
    at += word.length();
    return value;
  }

  private boolean next(char c) {
    space();
    return skip(c);
  }

  private void expect(char c) {
    if (!next(c)) {
      throw fault("'" + c + "' should stand here");
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException fault(String problem) {
    return new JsonException("character " + at + ": " + problem);
  }
}
