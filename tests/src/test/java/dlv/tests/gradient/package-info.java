/** Derivatives against finite differences in float64, first and second, before and after simplification. */
package dlv.tests.gradient;
