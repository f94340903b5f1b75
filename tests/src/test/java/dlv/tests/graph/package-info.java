/** Graphs after each stage, as text and as values. */
package dlv.tests.graph;
