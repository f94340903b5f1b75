package dlv.compiler.diagnostic;

import dlv.compiler.source.Span;
import java.util.Optional;

/** A further fact about a diagnostic, with its own place where it has one ("declared here"). */
public record Note(String text, Optional<Span> span) {}
