import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { releaseFile } from "../../model/release-file";
import { digestOf, someRelease } from "../support/releases/gitops-run";

describe("CI's file of an application", () => {
  it("is a kustomization with the digest, that keeps commit and push to itself", () => {
    const content: unknown = parse(releaseFile(someRelease));
    assert.deepEqual(content, {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      metadata: { annotations: { "idp/commit": "1".repeat(40), "idp/pushed": "1700000000" } },
      resources: ["application.yaml"],
      images: [{ name: "harbor.lab.example/shop/api", digest: digestOf("a") }],
    });
  });

  it("is in the runbook as releases write it", () => {
    const page = readFileSync("docs/runbook.md", "utf8");
    const [, section = ""] = page.split("\n## Release by hand\n");
    const [, shown = ""] = /```yaml\n([\s\S]*?)```/.exec(section) ?? [];
    const [, commit = "", pushed = ""] = /idp\/commit: "(\w+)"\n +idp\/pushed: "(\d+)"/.exec(shown) ?? [];
    const release = { ...someRelease, registryHost: "harbor.lab.example", commit, pushed: Number(pushed) };
    assert.equal(shown, releaseFile({ ...release, digest: "sha256:..." }));
  });
});
