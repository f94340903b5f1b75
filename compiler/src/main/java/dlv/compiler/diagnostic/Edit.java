package dlv.compiler.diagnostic;

import dlv.compiler.source.Span;

/** A change that can be applied as it stands: the text at {@code span} gives way to {@code replacement}. */
public record Edit(Span span, String replacement) {}
