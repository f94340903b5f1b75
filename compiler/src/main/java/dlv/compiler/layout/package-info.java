/**
 * Where every stored value lies in device memory: one decision for each flavour of device.
 *
 * <p>In: a schedule and a {@link dlv.compiler.layout.Flavour}. Out: {@link dlv.compiler.layout.Layouts}, a
 * {@link dlv.compiler.layout.Storage} for every value that a kernel reads or writes. Sizes are formulas of the named
 * dimensions. On the CPU sixteen examples ride in the lanes of a vector, so that any operation vectorises alike; what
 * the host lays out row by row is copied into lanes and back by kernels that join the schedule.
 */
package dlv.compiler.layout;
