import assert from "node:assert/strict";
import { parseProjects } from "../../inputs/project-files";
import { projectOptions } from "../../inputs/project-options";
import { platformOutputs } from "../../model/platform-outputs";
import { projectsSettings } from "../../model/projects-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { someSettings } from "../support/cluster";

const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });

const file = `applications:
  - name: api
    git: {type: github, owner: myorg, repo: my-api}
    port: 80
    release:
      mode: image-updater
  - name: web
    git: {type: github, owner: myorg, repo: my-web}
    port: 80
`;

function parse(argoCd: object, text = file) {
  const options = projectOptions(settings, planPlatformOutputs(someSettings({ argoCd })));
  return parseProjects([{ file: "projects/shop.yaml", bytes: Buffer.from(text) }], options);
}

describe("applications that Argo CD Image Updater releases", () => {
  it("are refused where there is none, at their place, with the command that installs it", () => {
    assert.throws(() => parse({}), {
      name: "InputError",
      message:
        /projects\/shop\.yaml:6:\d+: applications\.0\.release\.mode: the cluster has no Argo CD Image Updater; install it with `pulumi config set --path idp:argoCd\.imageUpdater true --stack homelab` and `pulumi up --stack homelab`, or choose another mode$/,
    });
  });

  it("are fine where there is one, or where nobody knows", () => {
    assert.equal(parse({ imageUpdater: true }).length, 1);
    const bytes = Buffer.from(file);
    assert.equal(parseProjects([{ file: "projects/shop.yaml", bytes }], projectOptions(settings)).length, 1);
  });

  it("are told of beside what is wrong otherwise", () => {
    const message = /port: .*\n.*applications\.0\.release\.mode: the cluster has no Argo CD Image Updater/s;
    assert.throws(() => parse({}, file.replaceAll("port: 80", "port: 0")), { message });
  });
});

describe("outputs of a platform that was made before there was a choice", () => {
  it("are read as those of one without Argo CD Image Updater", () => {
    const { imageUpdater, ...old } = planPlatformOutputs(someSettings());
    assert.equal(imageUpdater, false);
    assert.equal(platformOutputs.parse(old).imageUpdater, false);
  });
});

describe("a search for vulnerabilities that shall stop a release", () => {
  const scanned = (mode: string, scan: string) =>
    file.replace("mode: image-updater", `mode: ${mode}\n    build: {scan: {mode: ${scan}}}`);

  for (const mode of ["image-updater", "restart"])
    it(`is refused where the image runs before it is searched (${mode})`, () => {
      assert.throws(() => parse({ imageUpdater: true }, scanned(mode, "enforce")), {
        message:
          /projects\/shop\.yaml:7:\d+: applications\.0\.build\.scan\.mode: would stop nothing, .*; use `warn`, or the `release\.mode` commit or dispatch$/,
      });
      assert.equal(parse({ imageUpdater: true }, scanned(mode, "warn")).length, 1);
    });

  it("is fine where a release names the image that was searched", () => {
    for (const mode of ["commit", "dispatch"]) assert.equal(parse({}, scanned(mode, "enforce")).length, 1);
  });
});
