/** The commands as processes: signals, pipes that nobody reads, little memory, few files, no home. */
package dlv.tests.process;
