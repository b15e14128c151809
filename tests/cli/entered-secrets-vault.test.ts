import assert from "node:assert/strict";
import { pendingSecrets } from "../../cli/entered-secrets-vault";
import { LoginStandIn } from "../support/operator/login-stand-in";

describe("question which secrets people have entered", () => {
  it("takes no token to a stranger, and says in one sentence whom to trust", async () => {
    const stranger = new LoginStandIn("https");
    await stranger.start();
    const secret = { mount: "idp", path: "projects/shop/applications/api/entered/KEY" };
    const access = { address: stranger.address, token: "hvs.Canary", patience: 1000 };
    await assert.rejects(pendingSecrets([secret], access), {
      name: "UsageError",
      message: `the certificate of Vault at ${stranger.address} is signed by nobody that is trusted here; name the authority's file in NODE_EXTRA_CA_CERTS`,
    });
    stranger.stop();
    assert.deepEqual(stranger.requests, []);
  });
});
