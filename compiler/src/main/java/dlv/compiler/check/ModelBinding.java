package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.Optional;

/**
 * A model of a train block.
 *
 * @param network the declaration it is an instance of
 * @param loan whose weights it begins with, where another block has trained it
 * @param trained whether a line of the block changes it
 * @param application its first application, as it is used ({@code training} is false) or, failing that, as it is
 *     trained
 */
public record ModelBinding(
    String name, String network, Optional<Loan> loan, boolean trained, Application application, Span span) {}
