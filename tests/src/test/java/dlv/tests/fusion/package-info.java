/** Which kernels graphs become, and that these mean what the graphs mean. */
package dlv.tests.fusion;
