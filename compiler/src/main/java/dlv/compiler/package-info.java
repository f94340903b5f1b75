/**
 * The spine: {@link dlv.compiler.Compiler} calls the stages in order, each a function from one immutable value to the
 * next.
 *
 * <p>In: the text of a {@code .dlv} file and what is given from outside. Out: programs, and for each unit of them a plan
 * with its kernels. What holds: up to checking, errors are data and reported together; after it there is none that a
 * user could have caused, but {@link dlv.compiler.lower.Unsupported}.
 */
package dlv.compiler;
