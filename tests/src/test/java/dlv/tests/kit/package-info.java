/**
 * What the GPU kit runs on a bare machine: the doctor, the device tests, the measurements, and their report.
 *
 * <p>In: a device, and the programs of {@code tests/gpu}. Out: {@code results.json} and {@code results.md}. What holds:
 * each part is a process of its own that leaves a file, so that a driver that crashes in one part leaves the others.
 */
package dlv.tests.kit;
