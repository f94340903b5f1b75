/**
 * Where examples come from.
 *
 * <p>In goes the name of a source and its arguments as a train block writes them ({@code digits(train: 60_000)}), or
 * the path that the command line binds instead; out comes a {@link dlv.runtime.data.DataSource}: typed fields, rows by
 * split, and a way to fill buffers with them. What holds: a source opens by its headers alone, so that a program can be
 * checked against it in no time; every row is a pure function of split, epoch and index; whatever is wrong with a file
 * is a {@link dlv.runtime.data.DataException} that names the file, the place in it and a way out; no declared size
 * is believed before the bytes are there.
 */
package dlv.runtime.data;
