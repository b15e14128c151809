import assert from "node:assert/strict";
import { planPipeline } from "../../../plan/pipeline/pipeline";
import { admissionProjects } from "../../support/admission-cases";
import { someCluster, someProject } from "../../support/some-project";

describe("plan of the pipeline", () => {
  const projects = [...admissionProjects(), someProject({}, "empty")];

  it("names all that it makes after itself, with a dot", () => {
    for (const given of [[], projects])
      for (const { name } of planPipeline({ cluster: someCluster, projects: given }).resources)
        assert.match(name, /^pipeline\./);
  });

  it("warns that builds may not trust the registry where Traefik shows a certificate of its own", () => {
    const cluster = { ...someCluster, tls: { issuer: false, httpChallenge: false } };
    const empty = projects.filter(({ applications }) => applications.length === 0);
    assert.deepEqual(planPipeline({ cluster, projects }).warnings, [
      "the certificate of harbor.lab.example is Traefik's default one (`idp:tls.mode: traefik`), and builds and nodes push and " +
        "pull only if it is of a public authority and for that host; give Traefik such a one, or set `idp:tls.mode` of the " +
        "platform stack to `acme` or `lab-ca`",
    ]);
    assert.deepEqual(planPipeline({ cluster, projects: empty }).warnings, []);
    assert.deepEqual(planPipeline({ cluster: someCluster, projects }).warnings, []);
  });
});
