import { kubectl, listObjects } from "./kubectl";

/** Whether every node only pretends to run containers (kwok). */
export function nodesPretend(): boolean {
  return listObjects("nodes").every(({ metadata }) => JSON.stringify(metadata).includes('"kwok.x-k8s.io/node":"fake"'));
}

/** Nobody empties the volumes of pretended nodes, so they are handed back by name once their claims are gone. */
export function handBackVolumes(): void {
  if (!nodesPretend()) return;
  const released = listObjects("persistentvolumes").filter(({ status }) =>
    JSON.stringify(status).includes('"Released"'),
  );
  for (const { metadata } of released) {
    kubectl(
      "patch",
      "persistentvolume",
      metadata.name,
      "--type=json",
      "-p",
      '[{"op":"remove","path":"/spec/claimRef"}]',
    );
  }
}
