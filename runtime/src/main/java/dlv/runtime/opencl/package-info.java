/**
 * The one checked layer over OpenCL; nothing else in the project imports {@code org.jocl}.
 *
 * <p>In go sources, buffers and launches; out come finished computations, or a
 * {@link dlv.runtime.opencl.DeviceException} with what went wrong and the way out. What holds: every size and every
 * handle is checked before a native call, so that a mistake is an exception and never a crash; what is used after it
 * was closed is an {@link IllegalStateException}; closing a {@link dlv.runtime.opencl.Context} closes all that was made
 * in it; the calls on one context exclude each other.
 */
package dlv.runtime.opencl;
