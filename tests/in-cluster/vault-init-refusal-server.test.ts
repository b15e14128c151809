import { initLostRows } from "../support/vault-life/init-lost-rows";
import { initRefusalRows } from "../support/vault-life/init-refusal-rows";
import { realServers } from "../support/vault-life/life-places";
import { distributions } from "../support/vault-life/server-program";

for (const distribution of distributions)
  describe(`program vault-init where it refuses, with a real ${distribution}`, () => {
    const place = realServers(distribution);
    if (place === undefined) return;
    initRefusalRows(place);
    initLostRows(place);
  });
