package dlv.compiler.ir;

import dlv.compiler.source.Span;

/**
 * Where a node came from: the path of network instances ({@code net.conv2d1}), and the place in the file.
 * Gradients, kernels and launches inherit it, so that messages and profiles speak in lines of the file.
 * The span is null only for nodes that no text caused.
 */
public record Origin(String path, Span span) {
  public static final Origin NONE = new Origin("", null);

  /**
   * {@code net.conv2d1 (lenet5.dlv:7)}, for comments and profiles: with the file's own name, not its path, so that what
   * is written depends on no folder.
   */
  public String text() {
    String place = span == null ? "" : span.file().ownName() + ":" + span.line();
    return path.isEmpty() ? place : place.isEmpty() ? path : path + " (" + place + ")";
  }
}
