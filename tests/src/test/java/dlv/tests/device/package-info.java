/** Generated kernels on a device, against the interpreter. */
package dlv.tests.device;
