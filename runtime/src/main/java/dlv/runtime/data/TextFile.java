package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file, plain or in gzip: strictly UTF-8, with a byte order mark or without, line ends of any system taken as
 * {@code \n}.
 */
record TextFile(Path file, String text) {
  private static final int BLOCK = 1 << 16;

  static TextFile read(Path file) {
    Magic magic = Magic.of(file);
    if (magic.isEmpty()) {
      throw DataException.of(file, "the file is empty", "give a file with text");
    }
    byte[] bytes = magic.isGzip() ? unpacked(file) : plain(file);
    int from = bytes.length >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF
        ? 3 : 0;
    String text = decode(file, bytes, from);
    return new TextFile(file, text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  private static byte[] plain(Path file) {
    try (InputStream in = DataFile.open(file)) {
      byte[] bytes = in.readNBytes(Limits.TEXT + 1);
      if (bytes.length > Limits.TEXT) {
        throw tooLong(file);
      }
      return bytes;
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private static byte[] unpacked(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    try (GzipStream in = GzipStream.open(file, Limits.TEXT)) {
      for (int n = in.read(block, 0, BLOCK); n > 0; n = in.read(block, 0, BLOCK)) {
        bytes.write(block, 0, n);
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
    return bytes.toByteArray();
  }

  private static DataException tooLong(Path file) {
    return DataException.of(file, "the text is longer than " + Limits.TEXT + " bytes",
        "cut it, or raise the limit with -Ddlv.limit.text=BYTES");
  }

  private static String decode(Path file, byte[] bytes, int from) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(bytes.length - from);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw at(file, out.flip().toString(), out.length(), String.format("byte 0x%02x is not UTF-8 here",
          bytes[in.position()]), "save the file as UTF-8");
    }
    String text = out.flip().toString();
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw at(file, text, zero, "a zero byte", "this is no text: is it UTF-16? save it as UTF-8");
    }
    return text;
  }

  /** A fault at a place of the text. */
  DataException at(int place, String problem, String help) {
    return at(file, text, place, problem, help);
  }

  private static DataException at(Path file, String text, int place, String problem, String help) {
    long line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < place; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return DataException.atLine(file, line, text.codePointCount(start, Math.min(place, text.length())) + 1L, problem,
        help);
  }

  /** The lines, without their ends. */
  List<String> lines() {
    return text.lines().toList();
  }

  /** The numbers of a part of the text, from {@code start} on; an unknown symbol is an error with its place. */
  int[] encode(Vocabulary vocabulary, int start, int end) {
    try {
      return vocabulary.encode(text.substring(start, end));
    } catch (Vocabulary.UnknownSymbol e) {
      throw at(start + e.at(), e.getMessage() + ", which the training text makes",
          "let one symbol stand for all that are unknown with unknown: symbol, or train on a text that has it");
    }
  }
}
