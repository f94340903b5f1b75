/**
 * The folder for what can be made again: native libraries, compiled kernels, drivers.
 *
 * <p>What holds: it is private to the user; a file appears in it whole or not at all, and is not trusted for its name.
 */
package dlv.runtime.cache;
