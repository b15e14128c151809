import assert from "node:assert/strict";
import { images } from "../../../model/images";
import { profileNames } from "../../../model/profiles";
import { vaultPlugin } from "../../../model/vault-plugin";
import { planArgoCd } from "../../../plan/platform/argo-cd";
import { argoCdValues } from "../../../plan/platform/argo-cd-values";
import { platformArgs } from "../../../plan/platform/platform-args";
import { planVault } from "../../../plan/platform/vault";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { programs } from "../../../plan/program-files";
import { planPluginVaultAccess } from "../../../plan/projects/vault-access";
import { at } from "../../support/at";
import { someSettings } from "../../support/cluster";
import { canReach, type Pod, policiesOf } from "../../support/network-reach";
import { plannedManifest, releaseOf } from "../../support/planned";
import { aboveRestricted } from "../../support/pod-security";

function args(changes: object = {}, plugin = true) {
  return platformArgs(someSettings({ argoCd: { vaultPlugin: plugin }, ...changes }), new Set());
}

const planned = (plugin = true) => planArgoCd(args({}, plugin).argoCd);
const valuesOf = (changes: object = {}) => argoCdValues(args(changes).argoCd);

function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value));
  return value;
}

describe("plan of argocd-vault-plugin", () => {
  const values = valuesOf();
  const [sidecar, ...otherContainers] = list(at(values, "repoServer", "extraContainers"));
  const [fetcher, ...otherInits] = list(at(values, "repoServer", "initContainers"));
  const volumes = list(at(values, "repoServer", "volumes"));
  const mounts = (container: unknown) => list(at(container, "volumeMounts"));
  const variables = (container: unknown) =>
    new Map(list(at(container, "env")).map((variable) => [at(variable, "name"), at(variable, "value")]));

  it("is there only when a person asks for it", () => {
    assert.deepEqual([otherContainers, otherInits], [[], []]);
    const without = argoCdValues(args({}, false).argoCd);
    for (const key of ["extraContainers", "initContainers", "volumes"])
      assert.equal(at(without, "repoServer", key), undefined);
    assert.equal(at(without, "configs", "cmp"), undefined);
    const names = (plugin: boolean) => planned(plugin).resources.map(({ name }) => name);
    const added = names(true).filter((name) => !names(false).includes(name));
    assert.deepEqual(added, ["argo-cd-allow-vault-plugin", "argo-cd-vault-plugin-programs"]);
    assert.equal(platformArgs(someSettings(), new Set()).argoCd.vaultPlugin, false);
  });

  it("renders an Application that names it and no other, by a script, with no parameter", () => {
    const generate = { command: ["sh", "/vault-plugin/programs/vault-plugin.sh"] };
    assert.deepEqual(at(values, "configs", "cmp"), { create: true, plugins: { "vault-plugin": { generate } } });
    const data = at(plannedManifest(planned(), "argo-cd-vault-plugin-programs").manifest, "data");
    assert.deepEqual(data, {
      "vault-plugin.sh": programs.vaultPlugin,
      "fetch-vault-plugin.mjs": programs.fetchVaultPlugin,
    });
    assert.ok(releaseOf(planned()).dependsOn?.includes("argo-cd-vault-plugin-programs"));
    const config = mounts(sidecar).find((mount) => at(mount, "subPath") === "vault-plugin.yaml");
    assert.equal(at(config, "mountPath"), "/home/argocd/cmp-server/config/plugin.yaml");
  });

  it("T12: both containers meet the restricted level with a root that nobody writes to", () => {
    const spec = { containers: [sidecar], initContainers: [fetcher], volumes };
    assert.deepEqual(aboveRestricted(spec), []);
    for (const container of [sidecar, fetcher]) {
      assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
      assert.equal(at(container, "securityContext", "runAsUser"), 999);
    }
  });

  it("T14: both containers have requests and a memory limit in every profile, and count in the footprint", () => {
    for (const profile of profileNames) {
      const repoServer = at(valuesOf({ profile }), "repoServer");
      for (const path of ["extraContainers", "initContainers"] as const) {
        const resources = at(repoServer, path, 0, "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/);
        assert.match(String(at(resources, "requests", "memory")), /^\d+Mi$/);
        assert.match(String(at(resources, "limits", "memory")), /^\d+Mi$/);
      }
    }
    const requests = (plugin: boolean) =>
      planned(plugin).workloads.find(({ name }) => name === "argo-cd-repo-server")?.requests;
    assert.notDeepEqual(requests(true), requests(false));
  });

  it("T10: fetches by an image with a tag, behind the mirror, what is named by its SHA-256", () => {
    const { repository, tag } = images.node;
    const mirrored = valuesOf({ imageRegistry: "mirror.lab.example/proxy" });
    assert.equal(
      at(mirrored, "repoServer", "initContainers", 0, "image"),
      `mirror.lab.example/proxy/${repository}:${tag}`,
    );
    assert.deepEqual(JSON.parse(String(variables(fetcher).get("BINARIES"))), vaultPlugin.binaries);
  });

  it("T10: runs in the image of the chart's own container, of the chart's own version", () => {
    // The words of the chart's templates/argocd-repo-server/deployment.yaml, which the chart reads here too.
    const repository = "{{ default .Values.global.image.repository .Values.repoServer.image.repository }}";
    const tag = '{{ default (include "argo-cd.defaultTag" .) .Values.repoServer.image.tag }}';
    assert.equal(at(sidecar, "image"), `${repository}:${tag}`);
    // Nothing else may look like a template to the chart.
    const texts = [sidecar, fetcher].map((container) => JSON.stringify(container)).join("");
    assert.equal(texts.split("{{").length - 1, 2);
  });

  it("T19: has a token for Vault alone, of the account that the roles name, in the plugin's container alone", () => {
    const token = volumes.find((volume) => at(volume, "name") === "vault-plugin-token");
    const { audience, serviceAccount } = planPluginVaultAccess("shop");
    const source = { audience, expirationSeconds: 600, path: "token" };
    assert.deepEqual(at(token, "projected"), { sources: [{ serviceAccountToken: source }] });
    const mounted = (container: unknown) =>
      mounts(container).find((mount) => at(mount, "name") === "vault-plugin-token");
    assert.equal(variables(sidecar).get("AVP_K8S_TOKEN_PATH"), `${String(at(mounted(sidecar), "mountPath"))}/token`);
    assert.equal(at(mounted(sidecar), "readOnly"), true);
    assert.equal(mounted(fetcher), undefined);
    assert.equal(at(values, "repoServer", "volumeMounts"), undefined);
    for (const path of [["automountServiceAccountToken"], ["serviceAccount", "automountServiceAccountToken"]])
      assert.equal(at(values, "repoServer", ...path), false);
    // The chart calls the account after its own name. Source: argo-cd chart, templates/_helpers.tpl
    assert.equal(serviceAccount, `${String(at(values, "fullnameOverride"))}-repo-server`);
    assert.equal(at(values, "repoServer", "serviceAccount", "name"), undefined);
  });

  it("gives the plugin a binary that it cannot change, and a folder of its own for what it works on", () => {
    const of = (container: unknown, name: string) => mounts(container).find((mount) => at(mount, "name") === name);
    assert.equal(at(of(sidecar, "vault-plugin-bin"), "readOnly"), true);
    assert.equal(variables(fetcher).get("TARGET"), variables(sidecar).get("VAULT_PLUGIN"));
    assert.equal(at(of(sidecar, "vault-plugin-tmp"), "mountPath"), "/tmp");
    assert.equal(of(sidecar, "tmp"), undefined);
    for (const mount of [...mounts(sidecar), ...mounts(fetcher)]) {
      const name = at(mount, "name");
      assert.ok(name === "plugins" || volumes.some((volume) => at(volume, "name") === name), String(name));
    }
  });

  it("T13: lets the repo-server's pod reach Vault's port and no other pod of Argo CD, and only with the plugin", () => {
    const policies = (plugin: boolean) => {
      const { resources } = planVault(args({}, plugin).vault);
      const objects = [...planned(plugin).resources, ...resources];
      const isPolicy = (each: (typeof objects)[number]): each is PlannedManifest =>
        each.kind === "manifest" && each.manifest.kind === "NetworkPolicy";
      return policiesOf(objects.filter(isPolicy));
    };
    const pod = (name: string): Pod => ({ namespace: "argocd", labels: { "app.kubernetes.io/name": name } });
    const labels = { "app.kubernetes.io/instance": "vault", component: "server" };
    const server: Pod = { namespace: "vault", labels };
    assert.equal(canReach(policies(true), [pod("argocd-repo-server"), server], 8200), true);
    assert.equal(canReach(policies(true), [pod("argocd-repo-server"), server], 8201), false);
    assert.equal(canReach(policies(true), [pod("argocd-server"), server], 8200), false);
    assert.equal(canReach(policies(false), [pod("argocd-repo-server"), server], 8200), false);
  });
});
