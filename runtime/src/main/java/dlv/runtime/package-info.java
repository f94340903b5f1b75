/**
 * What generated classes and the command line call: devices, executables, training.
 *
 * <p>In goes a {@link dlv.runtime.plan.Manifest} with its kernels; out comes an {@link dlv.runtime.Executable} whose
 * memory is allocated and whose arguments are bound, so that a step is launches only. What holds: the bytes allocated
 * are the bytes planned; equal seeds give equal bits; whatever fails is a
 * {@link dlv.runtime.opencl.DeviceException} or a {@link dlv.runtime.data.DataException} with a way out.
 */
package dlv.runtime;
