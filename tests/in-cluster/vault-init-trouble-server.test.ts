import { initTroubleRows } from "../support/vault-life/init-trouble-rows";
import { realServers } from "../support/vault-life/life-places";
import { distributions } from "../support/vault-life/server-program";

for (const distribution of distributions)
  describe(`program vault-init in trouble, with a real ${distribution}`, () => {
    const place = realServers(distribution);
    if (place) initTroubleRows(place);
  });
