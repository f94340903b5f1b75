/**
 * Graph-to-graph steps as data: each has a name, a description and a function, is followed by the verifier, and can
 * be printed. {@link dlv.compiler.pass.Passes} lists them in order, on one page.
 */
package dlv.compiler.pass;
