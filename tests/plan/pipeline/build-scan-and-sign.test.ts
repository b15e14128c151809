import assert from "node:assert/strict";
import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IContainer } from "kubernetes-models/v1/Container";
import { scanModes, severities } from "../../../model/build";
import { images } from "../../../model/images";
import { scanArguments, scanTemplate } from "../../../plan/pipeline/build-scan";
import { signArguments, signTemplate } from "../../../plan/pipeline/build-sign";
import { planPipeline } from "../../../plan/pipeline/pipeline";
import { at } from "../../support/at";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const none: NonNullable<IContainer["securityContext"]> = {};
const digest = "{{steps.build.outputs.parameters.digest}}";
const [scan, sign] = [scanTemplate(someCluster), signTemplate(someCluster)];

function scopeOf(build: object) {
  const project = someProject({ applications: [{ name: "api", git, port: 80, build }] });
  const [application] = project.applications;
  assert.ok(application);
  return { project, application, cluster: someCluster };
}

function containersOf({ container, initContainers = [] }: ITemplate): readonly IContainer[] {
  return [...(container ? [container] : []), ...initContainers];
}

/** Every template of everything that the stack installs for all projects. */
function allTemplates(): readonly unknown[] {
  const { resources } = planPipeline({ cluster: someCluster, projects: [scopeOf({ sign: true }).project] });
  const kinds = ["ClusterWorkflowTemplate", "WorkflowTemplate"].flatMap((kind) => manifestsOf(resources, kind));
  return kinds.flatMap(({ manifest }) => {
    const templates = at(manifest, "spec", "templates");
    return Array.isArray(templates) ? Array.from<unknown>(templates) : [];
  });
}

describe("steps that scan and sign", () => {
  it("an application has a step only for what it asks for", () => {
    assert.equal(scanArguments(scopeOf({}), digest), undefined);
    assert.equal(signArguments(scopeOf({}), digest), undefined);
    for (const mode of scanModes.filter((each) => each !== "off"))
      assert.equal(scanArguments(scopeOf({ scan: { mode } }), digest)?.mode, mode);
    assert.deepEqual(signArguments(scopeOf({ sign: true }), digest), {
      ...{ image: "harbor.lab.example/shop/api", digest, key: "shop", role: "sign-shop" },
    });
  });

  it("a scan counts the severity that is given and all that are worse", () => {
    const counted = severities.map((severity) => {
      return scanArguments(scopeOf({ scan: { mode: "warn", severity } }), digest)?.severities;
    });
    assert.deepEqual(counted, ["LOW,MEDIUM,HIGH,CRITICAL", "MEDIUM,HIGH,CRITICAL", "HIGH,CRITICAL", "CRITICAL"]);
    const platforms = ["linux/amd64", "linux/arm64"];
    const given = scanArguments(scopeOf({ scan: { mode: "enforce" }, platforms }), digest);
    assert.equal(given?.platforms, "linux/amd64,linux/arm64");
  });

  it("T10: their images are pinned, behind the cluster's mirror too", () => {
    const cluster = { ...someCluster, imageRegistry: "mirror.lab.example" };
    const used = [scanTemplate(cluster), signTemplate(cluster)].flatMap(containersOf).map(({ image }) => image);
    assert.deepEqual(
      used,
      [images.trivy, images.cosign, images.node].map(
        ({ repository, tag }) => `mirror.lab.example/${repository}:${tag}`,
      ),
    );
    assert.ok(used.every((image) => /:v?\d+\.\d+\.\d+/.test(image)));
  });

  it("T33: run as an ordinary user with a deadline and limits, of the disk too where something is kept", () => {
    for (const template of [scan, sign]) {
      assert.equal(at(template.securityContext, "runAsNonRoot"), true);
      assert.ok(Number(template.activeDeadlineSeconds) <= 1800);
      for (const { resources, securityContext, name } of containersOf(template)) {
        assert.ok(at(resources, "requests", "cpu") && at(resources, "limits", "memory"), name);
        const { allowPrivilegeEscalation, capabilities, readOnlyRootFilesystem } = securityContext ?? none;
        assert.deepEqual(
          [allowPrivilegeEscalation, capabilities, readOnlyRootFilesystem],
          [false, { drop: ["ALL"] }, true],
        );
      }
    }
    assert.equal(at(scan.container, "resources", "limits", "ephemeral-storage"), "8Gi");
    const limited = scan.volumes?.find(({ name }) => name === "work");
    assert.equal(at(limited, "emptyDir", "sizeLimit"), "8Gi");
  });

  it("T33: what a build has made reaches a program in variables, never in its text", () => {
    for (const container of [scan, sign].flatMap(containersOf)) {
      const text = [...(container.command ?? []), ...(container.args ?? [])].join("\n");
      assert.doesNotMatch(text, /\{\{/);
      const names = (container.env ?? []).map(({ name }) => name);
      assert.ok(
        ["IMAGE", "DIGEST"].every((name) => names.includes(name)),
        container.name,
      );
    }
  });

  it("hold nothing in a program that Kubernetes would replace", () => {
    for (const container of [scan, sign].flatMap(containersOf)) {
      const names = new Set((container.env ?? []).map(({ name }) => name));
      const replaced = (container.args ?? []).flatMap((text) =>
        [...text.matchAll(/\$\(([^)]*)\)/g)].map(([, name]) => name),
      );
      const meant = container.command?.[0] === "/ko-app/cosign" ? ["KEY", "IMAGE", "DIGEST"] : [];
      assert.deepEqual(
        replaced.filter((name) => name !== undefined && names.has(name)),
        meant,
      );
      // Kubernetes takes two of them for one.
      assert.ok((container.args ?? []).every((text) => !text.includes("$$")));
    }
  });

  it("a scan puts out what it found, even if it ends before it has found anything", () => {
    const findings = scan.outputs?.parameters?.find(({ name }) => name === "findings");
    assert.deepEqual(findings?.valueFrom, { path: "/results/findings", default: "" });
  });

  it("T34: a signature is made as an account of its own, in a pod whose label lets it reach Vault", () => {
    assert.equal(sign.serviceAccountName, "signer");
    assert.deepEqual(sign.metadata?.labels, { "app.kubernetes.io/component": "signer" });
    const args = sign.container?.args ?? [];
    assert.deepEqual(args.slice(0, 3), ["sign", "--key", "hashivault://$(KEY)"]);
    assert.equal(args.at(-1), "$(IMAGE)@$(DIGEST)");
    // Each of the two alone would still ask a service of the internet.
    for (const option of ["--use-signing-config=false", "--tlog-upload=false"])
      assert.ok(args.includes(option), option);
    const variables = Object.fromEntries((sign.container?.env ?? []).map(({ name, value }) => [name, value]));
    assert.equal(variables["TRANSIT_SECRET_ENGINE_PATH"], "idp-signing");
    assert.equal(variables["VAULT_ADDR"], "http://vault.vault.svc.cluster.local:8200");
  });

  it("T34: the account's token for Vault is in the login alone, and Vault's in this pod's memory alone", () => {
    const token = sign.volumes?.find(({ projected }) => projected);
    assert.deepEqual(at(token, "projected", "sources"), [
      { serviceAccountToken: { audience: "vault", expirationSeconds: 600, path: "token" } },
    ]);
    const holders = containersOf(sign).filter(({ volumeMounts = [] }) =>
      volumeMounts.some(({ name }) => name === token?.name),
    );
    assert.deepEqual(
      holders.map(({ name }) => name),
      ["login"],
    );
    const home = sign.volumes?.find(({ name }) => name === "home");
    assert.equal(at(home, "emptyDir", "medium"), "Memory");
    for (const { name, volumeMounts = [] } of containersOf(sign))
      assert.ok(
        volumeMounts.some(({ mountPath }) => mountPath === "/var/run/secrets/kubernetes.io/serviceaccount"),
        `${name} has no token of Kubernetes`,
      );
  });

  it("T34: no other template of any kind runs as the signer, has its label, or mounts a token for Vault", () => {
    const others = allTemplates().filter((template) => at(template, "name") !== "sign");
    assert.ok(others.length >= 6);
    for (const template of others) {
      const text = JSON.stringify(template);
      assert.doesNotMatch(text, /"(serviceAccountName|app\.kubernetes\.io\/component)":"signer"/);
      assert.doesNotMatch(text, /"audience":"vault"|hashivault:/);
    }
    assert.equal(allTemplates().length - others.length, 1);
  });
});
