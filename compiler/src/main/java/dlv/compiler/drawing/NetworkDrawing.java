package dlv.compiler.drawing;

import dlv.compiler.check.NetworkProgram;
import dlv.runtime.report.Canvas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * The drawing of a network: what comes in at the top, what comes out at the bottom.
 *
 * <p>Layers with weights are blue, others grey, operations of the network itself white. The places come from a layered
 * layout (Sugiyama, Tagawa and Toda: "Methods for Visual Understanding of Hierarchical System Structures", 1981).
 */
public final class NetworkDrawing {
  private static final double TITLE = 7.5;
  private static final double DETAIL = 6;
  private static final double LINE = 13;
  private static final double MARGIN = 10;
  private static final int TEXT = 0x37404A;
  private static final int FAINT = 0x6B747D;
  private static final int LINES = 0x8A939C;

  private final LayerGraph graph;
  private final Map<LayerGraph.Frame, ElkNode> frames = new IdentityHashMap<>();
  private final List<ElkNode> boxes = new ArrayList<>();
  private final List<ElkEdge> arrows = new ArrayList<>();
  private final ElkNode root = ElkGraphUtil.createGraph();

  private NetworkDrawing(LayerGraph graph) {
    this.graph = graph;
  }

  /**
   * Draws a network.
   *
   * @param depth how many levels of the user's own networks are opened; what the library does inside is never shown
   * @param file ends in {@code .svg}, or is a PNG
   */
  public static void write(NetworkProgram network, int depth, Path file) {
    NetworkDrawing drawing = new NetworkDrawing(LayerGraph.of(network, depth));
    drawing.layOut();
    Canvas.write(file, (int) Math.ceil(drawing.root.getWidth()), (int) Math.ceil(drawing.root.getHeight()),
        drawing::paint);
  }

  private void layOut() {
    LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    root.setProperty(CoreOptions.ALGORITHM, "org.eclipse.elk.layered");
    root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
    root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    root.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
    graph.frames().forEach(this::node);
    graph.boxes().forEach(box -> boxes.add(node(box)));
    graph.arrows().forEach(arrow ->
        arrows.add(ElkGraphUtil.createSimpleEdge(boxes.get(arrow.from()), boxes.get(arrow.to()))));
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
  }

  private ElkNode node(LayerGraph.Frame frame) {
    if (frame == null) {
      return root;
    }
    ElkNode known = frames.get(frame);
    if (known != null) {
      return known;
    }
    ElkNode node = ElkGraphUtil.createNode(node(frame.parent()));
    node.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN + LINE, MARGIN, MARGIN, MARGIN));
    node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    node.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
    frames.put(frame, node);
    return node;
  }

  private ElkNode node(LayerGraph.Box box) {
    ElkNode node = ElkGraphUtil.createNode(node(box.frame()));
    double width = box.lines().stream().mapToDouble(line -> Canvas.width(line, DETAIL)).max().orElse(0);
    node.setDimensions(Math.max(width, Canvas.width(box.title(), TITLE)) + 2 * MARGIN,
        LINE * (1 + box.lines().size()) + 6);
    return node;
  }

  private void paint(Canvas canvas) {
    graph.frames().forEach(frame -> {
      ElkNode node = frames.get(frame);
      Canvas.Point at = corner(node);
      rectangle(canvas, at, node, LINES, 0xFAFBFC);
      canvas.text(frame.title(), at.x() + MARGIN, at.y() + LINE, DETAIL, Canvas.Anchor.START, FAINT);
    });
    arrows.forEach(arrow -> paint(canvas, arrow));
    for (int i = 0; i < boxes.size(); i++) {
      paint(canvas, graph.boxes().get(i), boxes.get(i));
    }
  }

  private static void paint(Canvas canvas, LayerGraph.Box box, ElkNode node) {
    Canvas.Point at = corner(node);
    switch (box.look()) {
      case PORT -> rectangle(canvas, at, node, 0x4F8A5B, 0xE3F1E5);
      case WEIGHTED -> rectangle(canvas, at, node, 0x4A78A8, 0xDFEAF6);
      case PLAIN -> rectangle(canvas, at, node, LINES, 0xF0F2F4);
      default -> rectangle(canvas, at, node, LINES, 0xFFFFFF);
    }
    double middle = at.x() + node.getWidth() / 2;
    double line = at.y() + LINE;
    canvas.text(box.title(), middle, line, TITLE, Canvas.Anchor.MIDDLE, TEXT);
    for (String detail : box.lines()) {
      line += LINE;
      canvas.text(detail, middle, line, DETAIL, Canvas.Anchor.MIDDLE, FAINT);
    }
  }

  private static void rectangle(Canvas canvas, Canvas.Point at, ElkNode node, int edge, int colour) {
    canvas.box(at.x(), at.y(), node.getWidth(), node.getHeight(), edge);
    canvas.box(at.x() + 1, at.y() + 1, node.getWidth() - 2, node.getHeight() - 2, colour);
  }

  private static void paint(Canvas canvas, ElkEdge arrow) {
    Canvas.Point zero = corner(arrow.getContainingNode());
    for (ElkEdgeSection section : arrow.getSections()) {
      List<Canvas.Point> points = new ArrayList<>();
      points.add(new Canvas.Point(zero.x() + section.getStartX(), zero.y() + section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(new Canvas.Point(zero.x() + bend.getX(), zero.y() + bend.getY()));
      }
      Canvas.Point end = new Canvas.Point(zero.x() + section.getEndX(), zero.y() + section.getEndY());
      points.add(end);
      canvas.line(points, 1, LINES, 1);
      canvas.line(List.of(new Canvas.Point(end.x() - 3, end.y() - 5), end, new Canvas.Point(end.x() + 3, end.y() - 5)),
          1, LINES, 1);
    }
  }

  /** The upper left corner of a node, as seen from the picture's. */
  private static Canvas.Point corner(ElkNode node) {
    double x = 0;
    double y = 0;
    for (ElkNode at = node; at != null; at = at.getParent()) {
      x += at.getX();
      y += at.getY();
    }
    return new Canvas.Point(x, y);
  }
}
