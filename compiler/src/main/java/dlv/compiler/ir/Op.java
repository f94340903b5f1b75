package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.List;

/**
 * The closed set of primitive operations. Shapes: {@code s}, {@code r}, {@code k} stand for any number of axes.
 *
 * <p>Axes count from 0, outermost first. {@link Shapes} gives the result's element and shape.
 */
public sealed interface Op {
  <R> R accept(Cases<R> cases);

  /** A value from outside, by name: {@code → shape}. */
  record Input(String name, Element element, Shape shape) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.input(this);
    }
  }

  /**
   * A value that lives on between runs, by path ({@code net.dense1.W}). Before lowering, {@code turn} counts the
   * updates that earlier applications in the text have made to a statistic; afterwards it is 0.
   */
  record State(String path, Role role, Element element, Shape shape, int turn) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.state(this);
    }
  }

  /** Literal values, row-major: {@code → shape}; one value fills any shape. */
  record Constant(List<Double> values, Element element, Shape shape) implements Op {
    public Constant {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.constant(this);
    }
  }

  /** The value of a dimension as a number: {@code → int}. It is a constant as soon as the names have values. */
  record Size(Dim dim) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.size(this);
    }
  }

  /** The coordinates 0, 1, …: {@code → int[size]}. */
  record Index(Dim size) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.index(this);
    }
  }

  /**
   * Uniform draws in the open interval (0, 1): {@code seed int, step int[, first int] → shape}. Each element is a pure
   * function of seed, step, site and its row-major number, counted from {@code first} or 0 (Philox4x32-10).
   */
  record Random(int site, Shape shape) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.random(this);
    }
  }

  /** A scalar function of one to three operands of one shape. */
  record Map(Scalar function) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.map(this);
    }
  }

  /** A reduction that removes axes: {@code x[r, a] → [r]}; the axes are ascending. */
  record Reduce(Reducer reducer, List<Integer> axes) implements Op {
    public Reduce {
      axes = List.copyOf(axes);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reduce(this);
    }
  }

  /** What a {@link Reduce} computes; {@code VARIANCE} is the biased one. */
  enum Reducer {
    SUM, MAX, LOGSUMEXP, VARIANCE
  }

  /**
   * A sum of products: operands {@code a} and {@code b}, one label for each of their axes and of the result's.
   * A label is shared (in all three), free in a, free in b, or summed (in both, not in the result).
   */
  record Contract(List<Integer> a, List<Integer> b, List<Integer> out) implements Op {
    public Contract {
      a = List.copyOf(a);
      b = List.copyOf(b);
      out = List.copyOf(out);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.contract(this);
    }
  }

  /**
   * The places of the k largest along the last axis, descending, ties to the lower, NaN above all:
   * {@code x[r, n] → int[r, k]}.
   */
  record Top(int k) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.top(this);
    }
  }

  /** The same elements in row-major order under another shape. */
  record Reshape(Shape shape) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reshape(this);
    }
  }

  /** Axis i of the result is axis {@code axes[i]} of the operand. */
  record Permute(List<Integer> axes) implements Op {
    public Permute {
      axes = List.copyOf(axes);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.permute(this);
    }
  }

  /** New axes at the given positions of the result (ascending), along which the operand repeats. */
  record Broadcast(List<Integer> axes, List<Dim> sizes) implements Op {
    public Broadcast {
      axes = List.copyOf(axes);
      sizes = List.copyOf(sizes);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.broadcast(this);
    }
  }

  /** Elements {@code start, start + step, …} of one axis: {@code [n] → [size]}; the step may be negative. */
  record Slice(int axis, Dim start, Dim size, long step) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.slice(this);
    }
  }

  /** Zeros around and between: {@code [n] → [low + n + (n - 1)·interior + high]}; none of the three negative. */
  record Pad(int axis, Dim low, Dim high, long interior) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.pad(this);
    }
  }

  /** Operands joined along one axis. */
  record Concat(int axis) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.concat(this);
    }
  }

  /**
   * All windows along one axis, which becomes two: {@code [n] → [p, size]}, element (p, i) being
   * {@code p·stride + i·dilation}; {@code p = (n - dilation·(size - 1) - 1) / stride + 1}, rounded down.
   */
  record Window(int axis, Dim size, long stride, long dilation) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.window(this);
    }
  }

  /** The adjoint of {@link Window}: axes {@code axis, axis + 1} {@code [p, size] → [n]}, overlaps added. */
  record Fold(int axis, Dim n, long stride, long dilation) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.fold(this);
    }
  }

  /**
   * Elements by place: {@code x[s, n, r], int[s, k] → [s, k, r]}, where s counts {@code shared} axes and k is any
   * number of axes. A place outside 0..n-1 is clamped.
   */
  record Gather(int shared) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.gather(this);
    }
  }

  /** The adjoint of {@link Gather}: {@code base[s, n, r], int[s, k], v[s, k, r] → [s, n, r]}, added in order. */
  record ScatterAdd(int shared) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.scatterAdd(this);
    }
  }

  /** What stands for operand {@code number} of a scan inside its {@link Loop}. */
  record Parameter(int number, Element element, Shape shape) implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.parameter(this);
    }
  }

  /**
   * One result of a loop over time: {@code carries c[n], sequences [T, …], invariants → result}. All results of one
   * loop over the same operands are computed together; {@code of} is the node of the body that the result tells of.
   */
  record Scan(Loop loop, Result result, Node of) implements Op {
    /** The value of carry {@code i} after the last step. */
    public static Scan last(Loop loop, int i) {
      return new Scan(loop, Result.FINAL, loop.carries().get(i));
    }

    /** All values of carry {@code i}, the initial one first. */
    public static Scan history(Loop loop, int i) {
      return new Scan(loop, Result.HISTORY, loop.carries().get(i));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.scan(this);
    }
  }

  /** What a {@link Scan} tells of a node of its body. */
  enum Result {
    /** A carry after the last step: {@code [n]}. */
    FINAL,
    /** A carry before the first step, after the first, …, after the last: {@code [T + 1, n]}. */
    HISTORY,
    /** A carry's last two values, after an even number of steps in row 0, after an odd number in row 1: {@code [2, n]}. */
    TURNS,
    /** Any node in each step: {@code [T, …]}, in the order of the sequences whatever the direction. */
    OUTPUT
  }

  /** d sum(y) / dx: {@code y, x → like x}. Differentiation removes it. */
  record Derivative() implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.derivative(this);
    }
  }

  /** All examples of this application: {@code x[r] → [batch, r]}. Lowering removes it. */
  record Rows() implements Op {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.rows(this);
    }
  }

  /** One answer for each primitive; whoever adds one is shown every place that lacks it. */
  interface Cases<R> {
    R input(Input op);

    R state(State op);

    R constant(Constant op);

    R size(Size op);

    R index(Index op);

    R random(Random op);

    R map(Map op);

    R reduce(Reduce op);

    R contract(Contract op);

    R top(Top op);

    R reshape(Reshape op);

    R permute(Permute op);

    R broadcast(Broadcast op);

    R slice(Slice op);

    R pad(Pad op);

    R concat(Concat op);

    R window(Window op);

    R fold(Fold op);

    R gather(Gather op);

    R scatterAdd(ScatterAdd op);

    R parameter(Parameter op);

    R scan(Scan op);

    R derivative(Derivative op);

    R rows(Rows op);
  }
}
