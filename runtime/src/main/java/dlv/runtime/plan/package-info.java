/**
 * What a compiled unit needs at run time: the manifest.
 *
 * <p>In goes the JSON resource that the compiler wrote beside the kernels; out comes a
 * {@link dlv.runtime.plan.Manifest}: buffers with their sizes, launches with their arguments, arenas with their weights,
 * for one flavour of one network or train block. What holds: every name that is used is declared; every size is a
 * {@link dlv.runtime.plan.Formula} over the declared dimensions; inputs, outputs and weights lie plain and row-major, so
 * that only kernels know other layouts; records are immutable, and reading what was written gives an equal value.
 */
package dlv.runtime.plan;
