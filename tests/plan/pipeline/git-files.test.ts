import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { images } from "../../../model/images";
import { planBuildTemplates } from "../../../plan/pipeline/build-templates";
import { gitFiles, gitFilesMounts, planGitFiles } from "../../../plan/pipeline/git-files";
import { at } from "../../support/at";
import { someCluster, someProject } from "../../support/some-project";
import { templateOf, variablesOf } from "../../support/workflow-pod";

/** Source: docs.github.com, "GitHub's SSH key fingerprints". */
const fingerprints = [
  "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
  "p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
  "uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s",
];

const { gitHub } = someCluster;
const planned = planGitFiles({ resource: "shop.git", namespace: "shop-build", labels: {}, gitHub });
const enterprise = { host: "github.lab.example", api: "https://github.lab.example/api/v3" };

describe("what git needs beside a key", () => {
  it("names github.com by the keys that it publishes", () => {
    const lines = String(at(planned.manifest, "data", "known_hosts"))
      .trimEnd()
      .split("\n");
    const found = lines.map((line) => {
      const [host, , key = ""] = line.split(" ");
      assert.equal(host, "github.com");
      return createHash("sha256").update(Buffer.from(key, "base64")).digest("base64").replace(/=+$/, "");
    });
    assert.deepEqual(found, fingerprints);
  });

  it("gives the user of the image a name, without which ssh does nothing", () => {
    const [line = ""] = String(at(planned.manifest, "data", "passwd")).split("\n");
    assert.deepEqual(line.split(":").slice(1, 4), ["x", String(images.git.user), String(images.git.user)]);
  });

  it("is where the programs look for it", () => {
    const { container, volumes } = templateOf("check");
    assert.equal(variablesOf(container)["KNOWN_HOSTS_FILE"], gitFiles.knownHosts);
    assert.deepEqual(
      gitFilesMounts.map(({ mountPath, subPath }) => [mountPath, subPath]),
      [
        ["/etc/passwd", "passwd"],
        [gitFiles.knownHosts, "known_hosts"],
      ],
    );
    const volume = volumes.find(({ name }) => name === gitFiles.volume);
    assert.deepEqual(volume?.["configMap"], { name: planned.manifest.metadata.name });
  });

  it("is asked of a person for another server, once something is built from it", () => {
    const application = { name: "api", git: { type: "github", owner: "o", repo: "r" }, port: 80 };
    const warnings = (knownHosts: string, content: object) =>
      planBuildTemplates({
        cluster: { ...someCluster, gitHub: { ...enterprise, knownHosts } },
        projects: [someProject(content)],
      }).warnings;
    assert.deepEqual(warnings("", { applications: [application] }), [
      "no key of github.lab.example is known, so nothing is built from it; set `idp:github.knownHosts` to what " +
        "`ssh-keyscan github.lab.example` prints",
    ]);
    assert.deepEqual(warnings("", {}), []);
    assert.deepEqual(warnings("github.lab.example ssh-ed25519 AAAA", { applications: [application] }), []);
  });
});
