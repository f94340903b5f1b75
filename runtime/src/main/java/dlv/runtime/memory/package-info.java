/**
 * Host memory outside the Java heap, without a limit of 2 GiB.
 *
 * <p>What holds: every access is checked against the size; what is used after closing is an
 * {@link IllegalStateException}; all bytes are accounted for.
 */
package dlv.runtime.memory;
