package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.Optional;

/**
 * A model that another block has trained.
 *
 * @param name what it is called here; its states are named {@code name.…}
 * @param block the train block whose run has its weights
 * @param model what it is called there
 * @param from the run; without it the newest finished one of the block
 */
public record Loan(String name, String block, String model, Optional<String> from, Span span) {}
