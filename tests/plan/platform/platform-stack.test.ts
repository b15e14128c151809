import assert from "node:assert/strict";
import { planPlatformStack } from "../../../plan/platform/platform-stack";
import { someSettings } from "../../support/cluster";

function warnings(changes: object): string {
  return planPlatformStack("homelab", someSettings(changes), new Set()).warnings.join("\n");
}

describe("plan of the platform stack", () => {
  it("T43: warns when an override goes below the version with a known vulnerability", () => {
    assert.match(
      warnings({ charts: { "argo-workflows": { version: "0.45.0" } } }),
      /argo-workflows 0\.45\.0, .*CVE-2026-31892/,
    );
    assert.doesNotMatch(warnings({ charts: { "argo-workflows": { version: "2.0.4" } } }), /argo-workflows/);
    assert.doesNotMatch(warnings({ charts: { harbor: { version: "1.18.0" } } }), /harbor 1/);
  });

  it("T37: warns when the internet may reach the user interfaces", () => {
    assert.match(warnings({}), /entry point websecure, which the internet may reach too/);
    const own = { entryPoints: { public: { http: "pubweb", https: "pubwebsec" } } };
    assert.doesNotMatch(warnings(own), /the internet may reach/);
  });

  it("warns that GitHub delivers to no host whose certificate it does not trust, and says what to set", () => {
    const webhookHost = "hooks.example.com";
    assert.match(
      warnings({ webhookHost }),
      /^GitHub and visitors .* do not trust .*: no webhook arrives at hooks\.example\.com; set idp:tls\.mode to acme, with idp:tls\.email and idp:tls\.challenge\.type \(docs\/configuration\.md\)$/m,
    );
    assert.match(
      warnings({ webhookHost, tls: { mode: "traefik" } }),
      /^every host shows Traefik's default certificate; .*\nwebhooks arrive at hooks\.example\.com only with a certificate that GitHub trusts; give Traefik such a one, or set idp:tls\.mode to acme$/m,
    );
    const acme = { mode: "acme", email: "me@example.com", challenge: { type: "http01" } };
    for (const changes of [{}, { tls: { mode: "traefik" } }, { webhookHost, tls: acme }])
      assert.doesNotMatch(warnings(changes), /GitHub/);
  });

  it("installs cert-manager only where it signs", () => {
    const names = (changes: object) =>
      planPlatformStack("homelab", someSettings(changes), new Set()).components.map(({ name }) => name);
    assert.ok(names({}).includes("cert-manager"));
    assert.ok(!names({ tls: { mode: "traefik" } }).includes("cert-manager"));
  });
});
