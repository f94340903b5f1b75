/**
 * Kernels as OpenCL C 1.2.
 *
 * <p>In: a kernel of the schedule, the layouts of what it reads and writes. Out:
 * {@link dlv.compiler.emit.opencl.KernelText}: the text, the function's name, what to bind to its parameters, and the
 * work-items to launch. Elements are demanded: whoever needs an element of a node asks for it at an index, and the
 * answer recurs through maps and views down to memory. Text depends on shapes and layouts alone, so equal work shares
 * one function; no rule here names a layer.
 */
package dlv.compiler.emit.opencl;
