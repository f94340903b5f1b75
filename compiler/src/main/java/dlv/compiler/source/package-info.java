/**
 * Text and places in it.
 *
 * <p>In: the bytes of a {@code .dlv} file. Out: {@link dlv.compiler.source.SourceFile} and
 * {@link dlv.compiler.source.Span}, which every later stage carries along so that each message can name its line.
 * A source file is text, at most {@link dlv.compiler.source.Limits#SOURCE_BYTES} long, and never changes.
 */
package dlv.compiler.source;
