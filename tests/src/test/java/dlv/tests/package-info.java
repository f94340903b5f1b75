/** What the suites share: golden files, comparison of arrays, the flavours to go through. */
package dlv.tests;
