/**
 * What a test needs beside Java: an OpenCL device, the test data.
 *
 * <p>In goes an annotation on a test; out comes its run, its skip with a reason, or, where {@code -Ddlv.require} names
 * the tier, its failure. What holds: the end of each module's tests counts what was skipped and names the cure.
 */
package dlv.needs;
