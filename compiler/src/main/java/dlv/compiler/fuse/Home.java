package dlv.compiler.fuse;

/**
 * The kernel that can compute a node from values it has at hand, and where its loops are then.
 *
 * @param partial whether only views may follow, because the sum is complete in later kernels alone
 */
record Home(Cluster cluster, Coordinates at, boolean partial) {}
