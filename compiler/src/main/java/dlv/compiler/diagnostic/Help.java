package dlv.compiler.diagnostic;

import java.util.Optional;

/** A way out of a diagnostic, with the edit that takes it where one can be computed. */
public record Help(String text, Optional<Edit> edit) {}
