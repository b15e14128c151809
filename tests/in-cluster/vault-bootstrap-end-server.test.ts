import { bootstrapEndRows } from "../support/vault-life/bootstrap-end-rows";
import { realServers } from "../support/vault-life/life-places";
import { distributions } from "../support/vault-life/server-program";

for (const distribution of distributions)
  describe(`program vault-bootstrap-end, with a real ${distribution}`, () => {
    const place = realServers(distribution);
    if (place) bootstrapEndRows(place);
  });
