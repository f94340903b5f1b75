/**
 * Which nodes are computed together: a graph becomes a schedule of kernels, by fixed rules.
 *
 * <p>In: a differentiated, simplified {@link dlv.compiler.ir.Graph}. Out: a {@link dlv.compiler.fuse.Schedule}, whose
 * {@link dlv.compiler.fuse.Kernel}s run in order and together compute every output and update. One schedule serves
 * all flavours of device. What holds: a kernel reads leaves, and results of kernels before it; every node that is
 * stored is stored by one kernel; views are never stored for their own sake.
 */
package dlv.compiler.fuse;
