/** Whole trainings from text, on a device: the same bits from the same seed, and only what a line names moves. */
package dlv.tests.training;
