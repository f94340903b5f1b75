/** Plans of memory: what lies where, that nothing is overwritten too early, and how many bytes that takes. */
package dlv.tests.memory;
