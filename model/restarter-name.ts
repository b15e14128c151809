/** Service account in the namespace of releases that may start applications anew. */
export const restarterAccountName = "restarter";
