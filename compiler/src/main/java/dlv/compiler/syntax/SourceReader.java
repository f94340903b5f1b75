package dlv.compiler.syntax;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Limits;
import dlv.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads source files from disk: UTF-8 text of bounded size, with or without a byte order mark. */
public final class SourceReader {

  private static final int LOOKED_AT = 8192;

  private SourceReader() {}

  /**
   * Reads a file.
   *
   * @throws CompileException if there is no such file, it is not a regular file, too large, or not UTF-8 text
   */
  public static SourceFile read(Path path) {
    String name = path.toString();
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw refused("file", name, Files.isDirectory(path)
          ? "`" + name + "` is a folder, not a file"
          : "`" + name + "` is not a regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return decode(name, in.readNBytes(Limits.SOURCE_BYTES + 1));
    } catch (NoSuchFileException e) {
      throw refused("file", name, "there is no file `" + name + "`");
    } catch (IOException e) {
      throw refused("file", name, "cannot read `" + name + "`: " + reason(e));
    }
  }

  /**
   * Makes a source file of the bytes of a file.
   *
   * @throws CompileException if they are too many, or not UTF-8 text
   */
  public static SourceFile decode(String name, byte[] bytes) {
    if (bytes.length > Limits.SOURCE_BYTES) {
      throw refused("limit", name, "`" + name + "` has more than " + Limits.SOURCE_BYTES
          + " bytes, the limit for a source file");
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      throw refused("encoding", name, "`" + name + "` is UTF-16: save it as UTF-8");
    }
    if (isBinary(bytes)) {
      throw refused("encoding", name, "`" + name + "` is not text" + guess(bytes));
    }
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(in.remaining());
    var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw invalid(name, bytes, start, in.position(), out.position());
    }
    return new SourceFile(name, out.flip().toString());
  }

  private static CompileException invalid(String name, byte[] bytes, int start, int offset, int chars) {
    var readable = new SourceFile(name, new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    return new CompileException(Diagnostic.error("encoding", readable.span(chars, chars + 1),
            String.format(Locale.ROOT, "byte 0x%02X at offset %d is not UTF-8", bytes[offset] & 0xFF, offset))
        .help("save the file as UTF-8"));
  }

  private static CompileException refused(String code, String name, String message) {
    return new CompileException(Diagnostic.error(code, new SourceFile(name, "").span(0, 0), message));
  }

  /** Whether control characters that no text has stand among the first bytes. */
  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return !guess(bytes).isEmpty();
  }

  private static String guess(byte[] bytes) {
    if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
      return ": it is a PNG image";
    }
    if (startsWith(bytes, 0xFF, 0xD8, 0xFF)) {
      return ": it is a JPEG image";
    }
    if (startsWith(bytes, 'P', 'K', 3, 4)) {
      return ": it is a ZIP archive";
    }
    return startsWith(bytes, 0x1F, 0x8B) ? ": it is compressed with gzip" : "";
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
  }
}
