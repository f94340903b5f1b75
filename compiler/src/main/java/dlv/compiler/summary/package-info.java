/**
 * What a network costs and sees, layer by layer, known from the file alone.
 *
 * <p>In: a {@link dlv.compiler.check.NetworkProgram}. Out: a {@link dlv.compiler.summary.NetworkSummary}, as a table for
 * people or as JSON. Every number is a formula of the dimensions that have no value yet; all is for one example.
 */
package dlv.compiler.summary;
