package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.diagnostic.Severity;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says what is wrong, at the innermost place in a file of the user; frames of the library become notes.
 *
 * <p>One place is blamed once for one kind of error, however often it is evaluated.
 */
final class Blame {
  /** Stages of a pipeline that a message shows. */
  private static final int STEPS = 12;

  private record Place(String code, SourceFile file, int start) {}

  private final Diagnostics diagnostics;
  private final Set<Place> said = new HashSet<>();

  Blame(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Reports an error without further facts. */
  Failed error(Frame frame, String code, Span span, String message) {
    return report(frame, Diagnostic.error(code, span, message));
  }

  /** Reports a diagnostic that was raised while {@code frame} was evaluated; the caller throws what is returned. */
  Failed report(Frame frame, Diagnostic raised) {
    Frame at = frame;
    Span span = raised.span();
    while (at != null && at.isLibrary() && at.call() != null) {
      span = at.call();
      at = at.parent();
    }
    Diagnostic placed = span == raised.span() ? raised : moved(raised, span, frame, at);
    boolean chained = raised.code().equals("shape") || raised.code().equals("require");
    if (chained && at != null) {
      placed = chained(placed, at.trail());
    }
    if (said.add(new Place(raised.code(), span.file(), span.start()))) {
      diagnostics.add(placed);
    }
    return Failed.REPORTED;
  }

  /** Adds what came out of the stages before: the first and the last of them, where there are many. */
  private static Diagnostic chained(Diagnostic diagnostic, List<Frame.Step> trail) {
    Diagnostic chained = diagnostic;
    Set<Span> shown = new HashSet<>();
    for (int i = 0; i < trail.size(); i++) {
      boolean near = i == 0 || i >= trail.size() - STEPS;
      if (near && shown.add(trail.get(i).span())) {
        chained = chained.note("here it is " + trail.get(i).type(), trail.get(i).span());
      }
    }
    return chained;
  }

  private static Diagnostic moved(Diagnostic raised, Span span, Frame inner, Frame user) {
    Diagnostic moved = new Diagnostic(raised.code(), raised.severity(), raised.message(), span, raised.label(),
        raised.notes(), List.of());
    for (var help : raised.helps()) {
      boolean foreign = help.edit().isPresent() && help.edit().get().span().file() != span.file();
      moved = foreign ? moved : help.edit().isPresent()
          ? moved.help(help.text(), help.edit().get().span(), help.edit().get().replacement())
          : moved.help(help.text());
    }
    moved = moved.note("this comes from `" + inner.name() + "` of the library", raised.span());
    for (Frame frame = inner; frame.parent() != user && frame.parent() != null; frame = frame.parent()) {
      moved = moved.note("which `" + frame.parent().name() + "` applies here", frame.call());
    }
    return moved;
  }

  void warn(Diagnostic diagnostic) {
    if (diagnostic.severity() != Severity.WARNING) {
      throw new IllegalArgumentException(diagnostic + " is no warning");
    }
    diagnostics.add(diagnostic);
  }
}
