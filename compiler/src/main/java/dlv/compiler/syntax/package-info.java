/**
 * What a {@code .dlv} file says, before anybody has asked what it means.
 *
 * <p>In: a {@link dlv.compiler.source.SourceFile}. Out: a {@link dlv.compiler.syntax.SourceUnit}, a tree of immutable
 * records, each with the place it came from; or all the errors of the file, together. What holds: every literal is in
 * range, nesting and chains are within {@link dlv.compiler.source.Limits}, and no name has been looked up. The
 * parser generator is known in this package alone.
 */
package dlv.compiler.syntax;
