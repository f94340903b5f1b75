package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Printer;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import dlv.kernels.KernelTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes kernels: from a kernel of the schedule and the layouts of its values to OpenCL C.
 *
 * <p>A result of a {@code POINTWISE}, {@code ROW_REDUCE} or {@code SCALAR} kernel may lie in the buffer of an operand
 * that it reads at the same element alone; results of other forms need buffers of their own.
 */
public final class Generator {
  private Generator() {}

  /** What stands before the kernels of a program. */
  public static String prelude() {
    return KernelTemplate.named("prelude").fill(Map.of());
  }

  /** The text of {@code kernel}; equal kernels over equal layouts give equal texts. */
  public static KernelText generate(Kernel kernel, Layouts layouts) {
    boolean inPlace = kernel.form() != Form.CONTRACTION && kernel.form() != Form.INDEXED;
    var signature = new Signature(kernel.operands(), kernel.results(), inPlace, layouts);
    List<Part> parts = Parts.of(kernel, layouts);
    long items = parts.stream().mapToLong(Part::items).max().orElse(1);
    Dim blocks = parts.stream().map(Part::blocks).max((a, b) -> Long.compare(rank(a), rank(b))).orElse(Dim.ONE);
    int group = layouts.flavour() == Flavour.GPU ? group(items) : 1;
    long global = (items + group - 1) / group * group;
    var code = new Code();
    var texts = new ArrayList<String>();
    for (Part part : parts) {
      var own = new Code();
      write(part, global, blocks, part instanceof Vectors ? own : code, signature);
      texts.add(own.text());
    }
    Turns.write(texts.stream().filter(text -> !text.isEmpty()).toList(), code);
    String attributes = "__attribute__((reqd_work_group_size(" + group + ", 1, 1))) ";
    String function = name(kernel, signature.moves() + code.text() + signature.parameters() + attributes);
    String text = KernelTemplate.named("kernel").fill(Map.of("attributes", attributes, "function", function,
        "parameters", signature.parameters(), "body", signature.moves() + code.text()));
    return new KernelText(function, comment(kernel), text, signature.arguments(), List.of(Dim.of(global), blocks),
        List.of(group, 1));
  }

  /** Orders 1, slices of a batch, its blocks, and its rows: how many there are of a very large one. */
  private static long rank(Dim blocks) {
    return blocks.substitute(Map.of("batch", Dim.of(1 << 20))).value();
  }

  private static int group(long items) {
    int group = 1;
    while (group < 64 && group < items) {
      group *= 2;
    }
    return group;
  }

  private static void write(Part part, long items, Dim blocks, Code code, Signature signature) {
    String test = part.items() < items ? "item < " + part.items() : "";
    if (!part.blocks().equals(blocks)) {
      String inside = "block < " + signature.text(part.blocks());
      test = test.isEmpty() ? inside : test + " && " + inside;
    }
    code.within(test.isEmpty() ? "" : "if (" + test + ")", true, () -> part.write(code, signature));
  }

  /** Form, shape of the first result, and a digest of the text. */
  private static String name(Kernel kernel, String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      String shape = kernel.results().get(0).shape().dims().stream()
          .map(dim -> dim.isConstant() ? Long.toString(dim.value()) : "b").collect(Collectors.joining("x"));
      return kernel.form().name().toLowerCase(Locale.ROOT) + (shape.isEmpty() ? "" : "_" + shape) + "_"
          + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of the graph that the kernel realises, each with its place in the file. */
  private static String comment(Kernel kernel) {
    var nodes = new ArrayList<>(kernel.operands());
    nodes.addAll(kernel.body());
    Map<Node, Integer> numbers = Printer.numbers(nodes);
    var out = new StringBuilder("/*\n");
    for (Node node : kernel.body()) {
      out.append(" * ").append(Printer.line(node, numbers).replace("*/", "* /")).append('\n');
    }
    return out.append(" */\n").toString();
  }
}
