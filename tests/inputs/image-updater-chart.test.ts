import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";

const platform = "config:\n  idp:role: platform\n  idp:domain: lab.example\n";
const chart = "  idp:charts: {argocd-image-updater: {version: 1.2.4}}\n";

function check(text: string) {
  return checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(text) }));
}

describe("another source of the chart of Argo CD Image Updater", () => {
  it("is refused where the chart is not installed, with the key that installs it", () => {
    assert.throws(() => check(`${platform}${chart}`), {
      message:
        /idp:charts\.argocd-image-updater: is set, but this chart is not installed; set `idp:argoCd\.imageUpdater` to true, or remove it/,
    });
  });

  it("is taken where it is", () => {
    const { role } = check(`${platform}  idp:argoCd: {imageUpdater: true}\n${chart}`);
    assert.equal(role, "platform");
  });
});
