/** Values: the interpreter against independent calculations, and rewritten graphs against the interpreter. */
package dlv.tests.numeric;
