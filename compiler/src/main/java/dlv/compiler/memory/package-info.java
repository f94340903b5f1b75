/**
 * Which buffer every stored value lies in.
 *
 * <p>In: the arenas of a unit, and its entries as schedules with layouts. Out: a {@link dlv.compiler.memory.Plan}. What
 * holds: two values share a buffer only where the last reader of one has run before the other is written, or reads the
 * one at the element where it writes the other; sizes are formulas of the named dimensions, and their sum is what the
 * device is asked for, to the byte. Buffers of the pool serve all entries.
 */
package dlv.compiler.memory;
