import type { Services } from "../../stacks/services";

const ready = () => Promise.resolve(undefined);

/** Services that would refuse nothing, asked without the network. */
export const readyServices: Services = { vault: ready, gitHub: ready };
