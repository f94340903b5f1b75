/** The standard library: each declaration against a calculation of its own, and its gradient against differences. */
package dlv.tests.library;
