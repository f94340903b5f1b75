/**
 * What a file means: names resolved, shapes solved, weights counted.
 *
 * <p>In: a {@link dlv.compiler.syntax.SourceUnit}, values set from outside, and the types of the data it names. Out: a
 * {@link dlv.compiler.check.Program}, or all the errors of the file together. Checking is elaboration: static values
 * are computed, tensors become {@link dlv.compiler.ir.Node}s of one example, and each application of a network
 * evaluates
 * its body again. Holds: no batch axis is in a graph but behind {@code Rows}, and nothing here knows a library
 * declaration by name; layers, losses and optimisers are {@code .dlv} text.
 */
package dlv.compiler.check;
