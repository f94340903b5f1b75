/**
 * The launcher from outside, with a {@code java} and a {@code mvn} that only say how they were called.
 */
package dlv.tests.launcher;
