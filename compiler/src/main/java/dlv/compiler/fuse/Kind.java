package dlv.compiler.fuse;

import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;

/** How fusion treats a node. */
enum Kind {
  /** Lies in memory already. */
  LEAF,
  /** Computed wherever it is read: a coordinate, a literal, a draw. */
  CHEAP,
  /** Elementwise. */
  MAP,
  /** Other indices of the same elements, and perhaps zeros. */
  VIEW,
  /** A fold with overlaps: each element is a small sum. */
  SUM_ON_READ,
  /** Parts that their producers store into place. */
  CONCAT,
  /** Loops are built around it. */
  ANCHOR;

  static Kind of(Node node) {
    return node.op().accept(new Cases(node));
  }

  /** Whether {@code function} costs so little that computing it again beats reading it from memory. */
  static boolean isCheap(Scalar function) {
    return switch (function) {
      case ADD, SUB, MUL, DIV, MIN, MAX, NEG, ABS, SIGN, FLOOR, RELU, EQ, NE, LT, LE, AND, OR, NOT, SELECT, TO_FLOAT,
          TO_INT, TO_BF16, IDIV, IMOD, DETACH -> true;
      case POW, EXP, LOG, LOG1P, EXPM1, SQRT, RSQRT, SIN, COS, TANH, SIGMOID, SOFTPLUS, ERF -> false;
    };
  }

  /** Whether this applies a function that is no cheap one. */
  static boolean isCostly(Node node) {
    return node.op() instanceof Op.Map map && !isCheap(map.function());
  }

  private record Cases(Node node) implements Op.Cases<Kind> {
    @Override
    public Kind input(Op.Input op) {
      return LEAF;
    }

    @Override
    public Kind state(Op.State op) {
      return LEAF;
    }

    @Override
    public Kind constant(Op.Constant op) {
      return op.values().size() == 1 ? CHEAP : LEAF;
    }

    @Override
    public Kind size(Op.Size op) {
      return CHEAP;
    }

    @Override
    public Kind index(Op.Index op) {
      return CHEAP;
    }

    @Override
    public Kind random(Op.Random op) {
      return CHEAP;
    }

    @Override
    public Kind map(Op.Map op) {
      return MAP;
    }

    @Override
    public Kind reduce(Op.Reduce op) {
      return ANCHOR;
    }

    @Override
    public Kind contract(Op.Contract op) {
      return ANCHOR;
    }

    @Override
    public Kind top(Op.Top op) {
      return ANCHOR;
    }

    @Override
    public Kind reshape(Op.Reshape op) {
      return VIEW;
    }

    @Override
    public Kind permute(Op.Permute op) {
      return VIEW;
    }

    @Override
    public Kind broadcast(Op.Broadcast op) {
      return VIEW;
    }

    @Override
    public Kind slice(Op.Slice op) {
      return VIEW;
    }

    @Override
    public Kind pad(Op.Pad op) {
      return VIEW;
    }

    @Override
    public Kind concat(Op.Concat op) {
      return CONCAT;
    }

    @Override
    public Kind window(Op.Window op) {
      return VIEW;
    }

    /** Neighbouring taps of one window lie {@code dilation} apart, those of the next window {@code stride} later. */
    @Override
    public Kind fold(Op.Fold op) {
      var size = node.operand(0).dim(op.axis() + 1);
      boolean apart = size.isConstant() && op.dilation() * (size.value() - 1) < op.stride();
      return apart ? VIEW : SUM_ON_READ;
    }

    @Override
    public Kind gather(Op.Gather op) {
      return ANCHOR;
    }

    @Override
    public Kind scatterAdd(Op.ScatterAdd op) {
      return ANCHOR;
    }

    @Override
    public Kind parameter(Op.Parameter op) {
      return LEAF;
    }

    @Override
    public Kind scan(Op.Scan op) {
      return ANCHOR;
    }

    @Override
    public Kind derivative(Op.Derivative op) {
      throw new CompilerBug("a derivative reached fusion", node.origin());
    }

    @Override
    public Kind rows(Op.Rows op) {
      throw new CompilerBug("rows reached fusion", node.origin());
    }
  }
}
