/**
 * Graphs that many suites run: one table of small samples for every primitive and scalar function
 * ({@link dlv.tests.samples.OpSamples}), whole training steps ({@link dlv.tests.samples.SampleGraphs}), and random
 * networks. A sample carries its inputs, so a suite needs nothing else.
 */
package dlv.tests.samples;
