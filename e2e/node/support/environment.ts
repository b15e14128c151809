import { networkInterfaces } from "node:os";
import { reachObstacles, runs, serverHost, toolObstacles } from "../../support/environment";
import { listObjects } from "../../support/kubectl";
import { hasImage } from "./registry";
import { standIns } from "./stand-in-images";

/** What the node of the testbed is called, and every other node hardly is. */
const nodeName = "testbed";

/** Why the rows cannot run here; empty when they can. */
export async function nodeObstacles(): Promise<readonly string[]> {
  const cannotReach = [...toolObstacles(), ...reachObstacles(), ...registryObstacles()];
  if (cannotReach.length > 0) return cannotReach;
  return [...clusterObstacles(), ...(await imageObstacles())];
}

function registryObstacles(): readonly string[] {
  return [
    ...(process.env["TESTBED_REGISTRY"] ? [] : ["TESTBED_REGISTRY is not set, so this is not the testbed's node"]),
    ...(runs("ctr", "version") ? [] : ["containerd does not answer to ctr at CONTAINERD_ADDRESS"]),
  ];
}

/**
 * The rows give images other names and delete a namespace, so they only touch the testbed's node on this very machine:
 * API server and registry have one address, which is an interface of this machine, and the only node has the known name.
 */
function clusterObstacles(): readonly string[] {
  const host = serverHost();
  const registryHost = new URL(`http://${process.env["TESTBED_REGISTRY"] ?? ""}`).hostname;
  const nodes = listObjects("nodes").map(({ metadata }) => metadata.name);
  const own = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === host),
  );
  return [
    ...(own ? [] : [`KUBECONFIG names ${host}, which is not this machine`]),
    ...(registryHost === host ? [] : [`TESTBED_REGISTRY is on ${registryHost} and the API server on ${host}`]),
    ...(nodes.join() === nodeName ? [] : [`the cluster has the nodes ${nodes.join(", ")}, and not ${nodeName} alone`]),
  ];
}

async function imageObstacles(): Promise<readonly string[]> {
  const images = Object.values(standIns).map(({ image }) => image);
  const found = await Promise.all(images.map(hasImage));
  return images
    .filter((_, index) => !found[index])
    .map(({ repository, tag }) => {
      return `the registry at TESTBED_REGISTRY offers no ${repository}:${tag}`;
    });
}
