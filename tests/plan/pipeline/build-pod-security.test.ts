import assert from "node:assert/strict";
import { planBuildNamespace } from "../../../plan/projects/tenancy-namespaces";
import { at } from "../../support/at";
import { aboveBaseline, aboveRestricted } from "../../support/pod-security";
import { buildTemplates, podOf, templateOf } from "../../support/workflow-pod";

describe("pods of builds", () => {
  const builders = ["buildkit", "kaniko"];

  it("T12: pass the strictest level, but for the two builders", () => {
    const others = [...buildTemplates().values()].filter(({ name }) => !builders.includes(name));
    assert.deepEqual(
      others.map(({ name }) => name),
      ["check", "test", "scan", "sign", "report"],
    );
    for (const template of others) assert.deepEqual(aboveRestricted(podOf(template)), [], template.name);
  });

  it("T33: BuildKit runs as user 1000 and is never privileged; what it has more is what user namespaces need", () => {
    const template = templateOf("buildkit");
    assert.deepEqual(aboveBaseline(podOf(template)), ["main: seccompProfile", "main: appArmorProfile"]);
    assert.deepEqual(aboveRestricted(podOf(template)), [
      ...["main: seccompProfile", "main: appArmorProfile", "main: allowPrivilegeEscalation"],
      ...["main: adds SETGID", "main: adds SETUID"],
    ]);
    const { runAsUser, runAsGroup, runAsNonRoot } = template.container.securityContext ?? {};
    assert.deepEqual([runAsUser, runAsGroup, runAsNonRoot], [1000, 1000, true]);
    assert.equal(at(template.securityContext, "runAsUser"), 1000);
    // The namespace is why: no lower level lets such a pod in.
    const { metadata } = planBuildNamespace("shop").manifest;
    assert.equal(at(metadata, "labels", "pod-security.kubernetes.io/enforce"), "privileged");
  });

  it("T33: kaniko, which runs as root, stays within the baseline, and what runs beside it is not root", () => {
    const template = templateOf("kaniko");
    assert.deepEqual(aboveBaseline(podOf(template)), []);
    const above = aboveRestricted(podOf(template));
    assert.ok(above.includes("main: runAsUser 0"));
    assert.deepEqual(
      above.filter((what) => !what.startsWith("main: ")),
      [],
    );
    assert.equal(template.container.securityContext?.["allowPrivilegeEscalation"], false);
  });

  it("T33: no container of any of them is privileged or sees the host", () => {
    for (const template of buildTemplates().values()) {
      const text = JSON.stringify(template);
      for (const word of ['"privileged"', "hostPath", "hostNetwork", "hostPID", "docker.sock", "SYS_ADMIN"])
        assert.ok(!text.includes(word), `${template.name}: ${word}`);
    }
  });

  it("writes to its root folder in no container but the builders' and that of tests, whose images are the project's", () => {
    for (const { name, container, initContainers } of buildTemplates().values())
      for (const each of [...initContainers, container]) {
        const isOpen = [...builders, "test"].includes(name) && each === container;
        assert.equal(each.securityContext?.["readOnlyRootFilesystem"] === true, !isOpen, `${name}/${each.name}`);
      }
  });

  it("is checked by rules that see what is above a level", () => {
    const good = { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } };
    const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    const pod = (securityContext: object, more: object = {}) => ({
      ...good,
      containers: [{ name: "main", securityContext: { ...safe, ...securityContext } }],
      ...more,
    });
    assert.deepEqual(aboveRestricted(pod({})), []);
    assert.deepEqual(aboveBaseline(pod({ privileged: true })), ["main: privileged"]);
    assert.deepEqual(aboveBaseline(pod({ capabilities: { add: ["SYS_ADMIN"] } })), ["main: adds SYS_ADMIN"]);
    assert.deepEqual(aboveRestricted(pod({ runAsUser: 0 })), ["main: runAsUser 0"]);
    assert.deepEqual(aboveRestricted(pod({}, { volumes: [{ name: "x", hostPath: { path: "/" } }] })), [
      ...["hostPath", "hostPath"],
    ]);
    assert.deepEqual(aboveRestricted({ containers: [{ name: "main" }] }), [
      ...["main: allowPrivilegeEscalation", "main: does not drop ALL", "main: runAsNonRoot", "main: no seccompProfile"],
    ]);
  });
});
