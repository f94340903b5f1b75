/** Lowering: one example becomes a batch, and nothing about the example changes. */
package dlv.tests.lower;
