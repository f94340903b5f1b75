package dlv.compiler.source;

/**
 * How large a source file may be.
 *
 * <p>Each limit is far above what people write, and low enough that a hostile file is refused in well under a second.
 * Each can be raised with a system property: {@code -Ddlv.limit.depth=512}.
 */
public final class Limits {

  /** Bytes of one {@code .dlv} file. */
  public static final int SOURCE_BYTES = Integer.getInteger("dlv.limit.bytes", 4 << 20);

  /** Nesting of brackets, blocks and prefix operators: bounds the parser's recursion. */
  public static final int DEPTH = Integer.getInteger("dlv.limit.depth", 256);

  /** Terms of one chain such as {@code a + b + c}: bounds the depth of the tree made of it. */
  public static final int CHAIN = Integer.getInteger("dlv.limit.chain", 10_000);

  /** Characters of one name: names become names of files. */
  public static final int NAME = Integer.getInteger("dlv.limit.name", 128);

  private Limits() {}
}
