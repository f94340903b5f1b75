package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.TypeSyntax;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Fits the types of a declaration to the tensors it gets, and solves its dimensions.
 *
 * <p>A bare name is bound by the first axis that stands for it; a formula is solved when all but one of its names are
 * known and that one occurs linearly; from then on axes are compared.
 */
final class Unifier {
  /** What stands at an axis and is not yet compared. */
  private record Pending(Expression pattern, Size found, Place place) {}

  /** Whose type is fitted: for messages. */
  record Place(String subject, boolean result, TypeSyntax type, Value.Tensor found, Span span) {
    /** What is promised and what is there: {@code takes float[10], and gets float[9]}. */
    String misfit(String promised, String after) {
      return result ? "answers " + found.text() + ", and declares " + promised + after
          : "takes " + promised + after + ", and gets " + found.text();
    }
  }

  private final Evaluator body;
  private final Activation caller;
  private final List<Pending> pending = new ArrayList<>();

  /**
   * @param body the scope in which dimensions are found and bound
   * @param caller who is told what does not fit
   */
  Unifier(Evaluator body, Activation caller) {
    this.body = body;
    this.caller = caller;
  }

  /** Fits one tensor to a type; formulas that cannot be compared yet wait for {@link #finish}. */
  void match(Place place) {
    TypeSyntax.Form form = place.type().forms().get(0);
    Value.Tensor tensor = place.found();
    Element wanted = switch (form.name().text()) {
      case "float" -> Element.FLOAT;
      case "bool" -> Element.BOOL;
      default -> Element.INT;
    };
    boolean index = form.name().text().equals("index");
    if (tensor.node().element() != wanted || index && tensor.categories().isEmpty()) {
      throw complain(place, "type", place.misfit(text(form), ""));
    }
    form.argument().ifPresent(categories -> axis(categories, Size.of(tensor.categories().orElseThrow()), place));
    axes(form, place);
  }

  private void axes(TypeSyntax.Form form, Place place) {
    Value.Tensor tensor = place.found();
    List<Expression> patterns = form.axes();
    int dots = -1;
    for (int i = 0; i < patterns.size(); i++) {
      dots = patterns.get(i) instanceof Expression.Ellipsis ? i : dots;
    }
    boolean fits = dots < 0 ? patterns.size() == tensor.rank() : patterns.size() - 1 <= tensor.rank();
    if (!fits) {
      throw complain(place, "shape", place.misfit(text(form), ""));
    }
    int extra = tensor.rank() - patterns.size() + 1;
    for (int i = 0; i < patterns.size(); i++) {
      if (i == dots) {
        ellipsis(tensor.sizes().subList(i, i + extra), form, place);
      } else {
        axis(patterns.get(i), tensor.size(dots >= 0 && i > dots ? i + extra - 1 : i), place);
      }
    }
  }

  private void ellipsis(List<Size> found, TypeSyntax.Form form, Place place) {
    Activation here = body.here();
    if (here.ellipsis() == null) {
      here.ellipsis(found.stream().map(size -> fresh("...", size)).toList());
      return;
    }
    List<Dim> known = here.ellipsis().stream().map(Size::value).toList();
    if (!known.equals(found.stream().map(Size::value).toList())) {
      throw complain(place, "shape", place.misfit(text(form), ", where ... is " + known));
    }
    for (int i = 0; i < found.size(); i++) {
      sameLength(here.ellipsis().get(i), found.get(i), place);
    }
  }

  private Size fresh(String name, Size found) {
    return body.here().symbol(name, found);
  }

  private void axis(Expression pattern, Size found, Place place) {
    if (pattern instanceof Expression.Reference name && !body.isBound(name.name())) {
      bind(name.name(), fresh(name.name(), found), name.span(), place);
    } else {
      pending.add(new Pending(pattern, found, place));
      retry();
    }
  }

  private void bind(String name, Size size, Span span, Place place) {
    if (name.equals("batch") && !body.here().frame().isLibrary()) {
      throw caller.error("dimension", span, "`batch` is the axis that no file names: choose another name");
    }
    body.bindDim(name, size, span);
  }

  /** Compares or solves what waits and can be. */
  void retry() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Pending next : List.copyOf(pending)) {
        TreeSet<String> unknown = unknowns(next.pattern());
        if (unknown.isEmpty()) {
          pending.remove(next);
          compare(next);
          progress = true;
        } else if (unknown.size() == 1 && !body.declaresStatic(unknown.first()) && solve(next, unknown.first())) {
          pending.remove(next);
          progress = true;
        }
      }
    }
  }

  /** Compares the rest; what cannot be solved is an error. */
  void finish() {
    retry();
    for (Pending open : pending) {
      throw complain(open.place(), "unify", "cannot solve " + open.pattern().span().text() + " = " + open.found()
          + " for whole " + String.join(", ", unknowns(open.pattern())));
    }
  }

  private TreeSet<String> unknowns(Expression pattern) {
    TreeSet<String> names = new TreeSet<>();
    Names.valuesIn(pattern, names);
    names.removeIf(body::isBound);
    return names;
  }

  private boolean solve(Pending open, String unknown) {
    Dim symbol = caller.session().symbol(unknown);
    Scope trial = new Scope(body.scope());
    trial.bind(unknown, new Value.Whole(Size.of(symbol)), open.pattern().span());
    Value formula = body.within(trial).evaluate(open.pattern());
    if (!(formula instanceof Value.Whole whole)) {
      return false;
    }
    Optional<Dim> value = whole.size().value().solve(symbol.text(), open.found().value());
    if (value.isEmpty()) {
      return false;
    }
    bind(unknown, fresh(unknown, Size.of(value.get())), open.pattern().span(), open.place());
    return true;
  }

  private void compare(Pending ready) {
    Size whole = body.whole(ready.pattern(), "a dimension");
    if (whole.value().equals(ready.found().value())) {
      sameLength(whole, ready.found(), ready.place());
      return;
    }
    Size given = ready.pattern() instanceof Expression.Reference name
        ? body.here().instance().dims().get(name.name()) : null;
    if (given != null && caller.session().solve(ready.found().value(), given.value())) {
      throw Failed.REPORTED;
    }
    if (given != null) {
      throw misfit(ready, given);
    }
    String written = ready.pattern().span().text();
    boolean literal = ready.pattern() instanceof Expression.Whole;
    String why = literal ? "" : ": `" + written + "` is " + whole + ", not " + ready.found();
    throw complain(ready.place(), "shape", ready.place().misfit(text(ready.place().type().forms().get(0)), "") + why);
  }

  /** Equal sizes are one dimension, so they have one length in each example. */
  private void sameLength(Size known, Size found, Place place) {
    Lengths lengths = body.here().session().lengths();
    if (!lengths.differs(found.declared()) || lengths.same(known.declared(), found.declared())) {
      return;
    }
    boolean free = !lengths.differs(known.declared()) && known.declared().equals(Dim.name(known.declared().text()));
    if (!free) {
      throw complain(place, "shape", place.misfit(text(place.type().forms().get(0)), "") + ": an axis of "
          + found + " differs in length from example to example" + (known.declared().isConstant()
              ? ", and " + known + " is fixed" : ", and not as another one of that size"));
    }
    lengths.follow(known.declared(), found.declared());
  }

  /** A dimension that the call gives by name, and that the input does not have. */
  private Failed misfit(Pending ready, Size given) {
    String name = ready.pattern().span().text();
    Instance instance = body.here().instance();
    Diagnostic diagnostic = Diagnostic.error("shape", ready.place().span(), "`" + Statements.written(instance.call())
        + "` was fitted for " + name + " = " + given + ", and gets "
            + ready.found()).label(ready.place().found().text());
    return caller.report(diagnostic);
  }

  static String text(TypeSyntax.Form form) {
    return form.span().text().replaceAll("\\s+", " ");
  }

  private Failed complain(Place place, String code, String message) {
    return caller.report(Diagnostic.error(code, place.span(), place.subject() + " " + message)
        .label(place.found().text())
        .note("declared here", place.type().span()));
  }
}
