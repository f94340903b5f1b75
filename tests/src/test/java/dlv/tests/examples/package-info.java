/** The examples, used as their READMEs say. */
package dlv.tests.examples;
