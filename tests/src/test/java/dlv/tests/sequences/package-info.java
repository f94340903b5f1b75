/** Cells and sequences: what they count, and that room for the longest example changes nothing. */
package dlv.tests.sequences;
