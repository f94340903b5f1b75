/** What the suites share: golden files and comparison of arrays. */
package dlv.tests;
