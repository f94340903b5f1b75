/**
 * Skeletons of kernels in OpenCL C, and the template that fills them.
 *
 * <p>In: the name of a skeleton, text for its seams. Out: OpenCL C 1.2. What holds: a seam without text is an error,
 * and so is text without a seam.
 */
package dlv.kernels;
