/**
 * Random numbers without state: in goes a key and a counter, out come bits that depend on nothing else.
 */
package dlv.runtime.random;
