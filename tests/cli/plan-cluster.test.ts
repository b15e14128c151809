import assert from "node:assert/strict";
import { planCluster } from "../../cli/plan-cluster";
import type { ClusterFiles } from "../../inputs/cluster-files";
import { InputError } from "../../model/input-error";
import { exampleFiles, projectText } from "../support/cluster-folder";

/** The example's files, some of them with another text. */
function filesWith(changes: Readonly<Record<string, string>>): ClusterFiles {
  const files = Object.entries({ ...exampleFiles, ...changes }).map(([file, text]) => ({
    file,
    bytes: Buffer.from(text),
  }));
  return {
    stackFiles: files.filter(({ file }) => file.startsWith("Pulumi.")),
    problems: [],
    projectFiles: (directory) => ({ files: files.filter(({ file }) => file.startsWith(directory)), problems: [] }),
  };
}

function report(changes: Readonly<Record<string, string>>, stack = "homelab"): string {
  try {
    planCluster(filesWith(changes), { stack });
    return "";
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

describe("plan of a cluster from files", () => {
  const broken: readonly (readonly [string, string, RegExp])[] = [
    [
      "a repeated key",
      "config:\n  idp:role: platform\n  idp:role: platform\n",
      /Pulumi\.homelab\.yaml:3:3: .*idp:role/,
    ],
    ["a tab", "config:\n\tidp:role: platform\n", /Pulumi\.homelab\.yaml:2:1: /],
    ["nothing", "", /Pulumi\.homelab\.yaml: is empty/],
  ];
  for (const [title, text, expected] of broken) {
    it(`says what is wrong with a platform file that has ${title}, and not that it is absent`, () => {
      const message = report({ "Pulumi.homelab.yaml": text });
      assert.match(message, expected);
      assert.doesNotMatch(message, /does not exist|there is no/);
    });
  }

  it("reports the problems of all stacks and all projects together", () => {
    const message = report({
      "Pulumi.homelab.yaml": "config:\n  idp:role: platform\n",
      "Pulumi.homelab-vault.yaml": "config:\n  idp:role: vault\n  idp:platform: homelab\n  idp:vaultAddress: UPPER\n",
    });
    assert.match(message, /^2 problems/);
    assert.match(message, /Pulumi\.homelab\.yaml:\d+:\d+: idp:domain: is missing/);
    assert.match(message, /Pulumi\.homelab-vault\.yaml:4:21: idp:vaultAddress/);
  });

  it("names the platform stack that a stack wrongly names", () => {
    const projects = "config:\n  idp:role: projects\n  idp:platform: homelap\n";
    assert.match(
      report({ "Pulumi.homelab-projects.yaml": projects }, "homelab-projects"),
      /Pulumi\.homelab-projects\.yaml:3:17: idp:platform: there is no Pulumi\.homelap\.yaml/,
    );
  });

  it("refuses a stack that would drop out of the plan: it names a platform without a file, or none", () => {
    const named = "config:\n  idp:role: projects\n  idp:platform: homelap\n";
    assert.match(
      report({ "Pulumi.homelab-projects.yaml": named }),
      /Pulumi\.homelab-projects\.yaml:3:17: idp:platform: there is no Pulumi\.homelap\.yaml; did you mean the stack of Pulumi\.homelab\.yaml\?/,
    );
    const mistyped = "config:\n  idp:role: vault\n  idp:platfrm: homelab\n";
    const message = report({ "Pulumi.homelab-vault.yaml": mistyped });
    assert.match(message, /idp:platfrm: is not a known key; did you mean `idp:platform`\?/);
    assert.match(message, /idp:platform: is missing/);
  });

  it("tells the stack's name when its file is asked for", () => {
    for (const stack of ["Pulumi.homelab.yaml", "./Pulumi.homelab.yaml"]) {
      assert.equal(
        report({}, stack),
        `1 problem in the input; nothing was changed:\n  ${stack}: is the file of a stack; name the stack itself: \`--stack homelab\``,
      );
    }
    assert.match(
      report({}, "Pulumi.office.yaml"),
      /Pulumi\.Pulumi\.office\.yaml\.yaml: does not exist; use one of homelab/,
    );
  });

  it("leaves the stacks of another cluster alone", () => {
    const office = "config:\n  idp:role: platform\n  idp:domain: office.example\n";
    const other = "config:\n  idp:role: vault\n  idp:platform: office\n";
    const { stacks } = planCluster(filesWith({ "Pulumi.office.yaml": office, "Pulumi.office-vault.yaml": other }), {
      stack: "homelab",
    });
    assert.deepEqual(
      stacks.map(({ stack }) => stack),
      ["homelab", "homelab-vault", "homelab-projects"],
    );
  });

  it("checks the projects and the other stacks though the platform has problems", () => {
    const wrong: readonly string[] = [
      "config:\n  idp:role: platform\n  idp:domain: LAB\n",
      "config: {idp:role: plattform}\n",
      "config: [\n",
    ];
    for (const text of wrong) {
      const message = report({
        "Pulumi.homelab.yaml": text,
        "Pulumi.homelab-vault.yaml": "config:\n  idp:role: vault\n  idp:platform: homelab\n  idp:vaultMuont: a\n",
        "projects/shop.yaml": projectText({}, "port: 99999"),
      });
      assert.match(message, /Pulumi\.homelab\.yaml:/, text);
      assert.match(message, /idp:vaultMuont: is not a known key/, text);
      assert.match(message, /projects\/shop\.yaml:\d+:\d+: applications\.0\.port/, text);
    }
  });
});
