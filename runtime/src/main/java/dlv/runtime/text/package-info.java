/**
 * Text as numbers, and figures about texts.
 *
 * <p>In go texts, read already; out come the numbers of their symbols and texts again. What holds: a vocabulary is a
 * pure function of the training text and its arguments, so it is the same on every machine; what it encodes it decodes,
 * to the letter where its unit keeps every letter (characters, bytes, byte pairs); nothing here opens a file.
 */
package dlv.runtime.text;
