/**
 * The command line: {@code dlvc check}, {@code dlvc dump} and the others.
 *
 * <p>In: arguments. Out: text or JSON on the standard output, messages on the standard error, and an
 * {@link dlv.compiler.cli.ExitCode}. Each command is one small class that calls the compiler or the runtime; whatever
 * goes wrong in it is told by {@link dlv.compiler.cli.Failures}, never by a stack trace. picocli is known in this
 * package alone.
 */
package dlv.compiler.cli;
