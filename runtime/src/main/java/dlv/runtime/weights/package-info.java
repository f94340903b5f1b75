/**
 * Weights and checkpoints on disk.
 *
 * <p>In go named tensors, out come safetensors files, and the other way round. What holds: a file that is replaced is
 * the previous or the new one at any time; a file that is read has been checked before any of it is used, its layout
 * strictly and, where this program wrote it, every bit by a checksum; no size that a file states is believed before it
 * is compared with the file. Errors are {@link dlv.runtime.data.DataException}s.
 */
package dlv.runtime.weights;
