/**
 * Readable Java classes over the runtime: one a network, one a train block.
 *
 * <p>In: what checking knows of a unit, and its plans. Out: source files with their resources, in a folder that is
 * replaced as a set. What holds: text from the user reaches a source only through
 * {@link dlv.compiler.emit.java.JavaNames}, {@link dlv.compiler.emit.java.Literals} and
 * {@link dlv.compiler.emit.java.Javadoc}; equal units give equal text; the classes know only {@code dlv.runtime}.
 */
package dlv.compiler.emit.java;
