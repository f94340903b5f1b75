/**
 * What the compiler has to say to people, as data.
 *
 * <p>In: places, reasons and ways out, found by any stage up to {@code check}. Out: a sorted list of
 * {@link dlv.compiler.diagnostic.Diagnostic}s, shown as text or as JSON. A diagnostic has a stable code, a place, and
 * wherever possible a help that says what to write instead; nothing here knows the language itself.
 */
package dlv.compiler.diagnostic;
