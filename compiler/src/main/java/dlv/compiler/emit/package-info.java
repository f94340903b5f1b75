/**
 * The finished unit: a manifest for the runtime, the text of its kernels, its constants.
 *
 * <p>In: a {@link dlv.compiler.memory.Plan}, whose entries are laid out for one flavour. Out: a
 * {@link dlv.runtime.CompiledUnit}. What holds: equal plans give equal bytes, and launches of equal work share one
 * kernel function.
 */
package dlv.compiler.emit;
