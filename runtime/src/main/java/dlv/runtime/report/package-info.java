/**
 * What a training leaves behind and shows while it goes.
 *
 * <p>In goes the configuration of a run and, as it goes, its figures; out comes a run folder: {@code run.json}, metrics
 * as JSON lines and CSV, curves as SVG and PNG, sheets of sample pictures, checkpoint and weights; and a line of
 * progress. What holds: a run folder belongs to one configuration, and to one process at a time; every file in it is
 * whole at any time, except that the last line of the metrics may be cut by a crash, which the next opening mends; no
 * picture needs a font to be installed.
 */
package dlv.runtime.report;
