/**
 * Training: epochs of steps over resident data, evaluation, checkpoints and the files of a run.
 *
 * <p>In: an open {@link dlv.runtime.Executable} with the entries {@code iterate} and {@code evaluate}, a
 * {@link dlv.runtime.train.Training} that says how long and how, and the data. What holds: the state after step n is a
 * function of seed, data and device alone, however often the training was interrupted.
 */
package dlv.runtime.train;
