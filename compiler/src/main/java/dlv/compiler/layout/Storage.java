package dlv.compiler.layout;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a value lies in its buffer.
 *
 * <p>Plain: row-major, {@code [slabs][axis 0]…[axis n-1]}. In lanes: the same order with the batch cut in blocks,
 * {@code [slabs][axes before][batch / lanes][axes behind][lanes]}; so a row along time is what one step alone would be.
 * In panels: row-major again, an axis cut in blocks that are outermost,
 * {@code [axis / panel][axis 0]…[panel]…[axis n-1]}, the last of them as long as the others. Margins widen an axis by zeros that the producing kernel writes. Where {@code slabs} is not 1, the value is the sum
 * of so many partial values, which its readers add in order.
 *
 * @param shape the logical shape
 * @param laneAxis the axis that rides in the lanes, or -1: plain
 * @param lanes elements of that axis that lie side by side; 1: plain
 * @param panelAxis the axis that is cut in panels, or -1
 * @param panel elements of that axis that a panel has
 * @param margins one for each axis
 * @param slabs partial values, at least 1
 * @param segments of a vector whose parts differ in their slabs: the stretches, in order; else empty
 */
public record Storage(Element element, Shape shape, int laneAxis, int lanes, int panelAxis, int panel,
                      List<Margin> margins, Dim slabs, List<Segment> segments) {
  /** Numbers of a page of memory, and of a line of a cache. */
  private static final long PAGE = 1024;
  private static final long LINE = 16;

  public Storage {
    margins = List.copyOf(margins);
    segments = List.copyOf(segments);
    if (margins.size() != shape.rank() || laneAxis >= shape.rank() || laneAxis < 0 != (lanes == 1)
        || panelAxis >= shape.rank() || panelAxis < 0 && panel != 1) {
      throw new IllegalArgumentException("margins " + margins + ", lane axis " + laneAxis + " x " + lanes
          + ", panel axis " + panelAxis + " x " + panel + " for the shape " + shape);
    }
  }

  /** Row-major, without margins, one slab. */
  public static Storage plain(Element element, Shape shape) {
    return new Storage(element, shape, -1, 1, -1, 1, Collections.nCopies(shape.rank(), Margin.NONE), Dim.ONE,
        List.of());
  }

  /** {@code lanes} elements of {@code axis} side by side, innermost; its size must be a multiple of that. */
  public static Storage inLanes(Element element, Shape shape, int axis, int lanes) {
    return new Storage(element, shape, axis, lanes, -1, 1, Collections.nCopies(shape.rank(), Margin.NONE), Dim.ONE,
        List.of());
  }

  /** Row-major but for {@code axis}, a number, whose blocks of {@code panel} elements are outermost. */
  public static Storage inPanels(Element element, Shape shape, int axis, int panel) {
    return new Storage(element, shape, -1, 1, axis, panel, Collections.nCopies(shape.rank(), Margin.NONE), Dim.ONE,
        List.of());
  }

  public Storage withMargins(List<Margin> margins) {
    return new Storage(element, shape, laneAxis, lanes, panelAxis, panel, margins, slabs, segments);
  }

  public Storage withSlabs(Dim slabs) {
    return new Storage(element, shape, laneAxis, lanes, panelAxis, panel, margins, slabs, segments);
  }

  public Storage withSegments(List<Segment> segments) {
    return new Storage(element, shape, laneAxis, lanes, panelAxis, panel, margins, slabs, segments);
  }

  public boolean isPlain() {
    return laneAxis < 0;
  }

  public boolean hasPanels() {
    return panelAxis >= 0;
  }

  public boolean hasMargins() {
    return margins.stream().anyMatch(margin -> margin.size() > 0);
  }

  public boolean hasSlabs() {
    return !slabs.is(1);
  }

  /** The size of an axis, margins included. */
  public Dim extent(int axis) {
    return shape.dim(axis).plus(margins.get(axis).size());
  }

  /**
   * Elements between neighbours along each axis; for the lane axis between its blocks of {@code lanes} elements,
   * within which neighbours are 1 apart; for an axis in panels between neighbours within one.
   */
  public List<Dim> strides() {
    var strides = new ArrayList<Dim>(Collections.nCopies(shape.rank(), Dim.ONE));
    Dim next = Dim.of(lanes);
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides.set(axis, next);
      next = next.times(axis == laneAxis ? extent(axis).floorDiv(lanes)
          : axis == panelAxis ? Dim.of(panel) : extent(axis));
    }
    return strides;
  }

  /** Elements from one panel to the next; not whole pages, or a place of all panels would be one set of the cache. */
  public long panelStride() {
    long product = panel;
    for (int axis = 0; axis < shape.rank(); axis++) {
      product *= axis == panelAxis ? 1 : extent(axis).value();
    }
    return product % PAGE == 0 ? product + LINE : product;
  }

  /** How one row along axis 0 lies. */
  public Storage row() {
    if (laneAxis == 0 || hasPanels() || hasSlabs() || !segments.isEmpty()) {
      throw new IllegalArgumentException("no rows side by side in " + this);
    }
    return new Storage(element, shape.without(List.of(0)), Math.max(-1, laneAxis - 1), lanes,
        -1, 1, margins.subList(1, margins.size()), Dim.ONE, List.of());
  }

  /** Elements of one slab. */
  public Dim slab() {
    if (hasPanels()) {
      return extent(panelAxis).plus(panel - 1).floorDiv(panel).times(panelStride());
    }
    Dim product = Dim.ONE;
    for (int axis = 0; axis < shape.rank(); axis++) {
      product = product.times(extent(axis));
    }
    return product;
  }

  /** Elements of the buffer. */
  public Dim elements() {
    if (!segments.isEmpty()) {
      Segment last = segments.get(segments.size() - 1);
      return last.offset().plus(last.slabs().times(last.size()));
    }
    return slabs.times(slab());
  }

  /** Bytes of the buffer. */
  public Dim bytes() {
    return elements().times(element.bytes());
  }
}
