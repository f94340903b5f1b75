/** Tests of the benchmark's own arithmetic, and of the peer's network. */
package dlv.bench;
