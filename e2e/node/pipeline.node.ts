import { sayObstacles } from "../support/environment";
import { buildRows } from "./rows/build-rows";
import { evidenceRows } from "./rows/evidence-rows";
import { hostileRows } from "./rows/hostile-rows";
import { releaseRows } from "./rows/release-rows";
import { nodeObstacles } from "./support/environment";
import { nameNodeImage } from "./support/node-image";
import { nameGitImage, pipelineObstacles, removePipeline } from "./support/pipeline-place";
import { type PipelineRun, PipelineWorld } from "./support/pipeline-world";

describe("pipeline, from the templates that the API server has", function () {
  this.timeout(300_000);
  this.slow(1000);
  let canRun = false;
  let world: PipelineWorld | undefined;
  let run: PipelineRun | undefined;

  before(async function () {
    this.timeout(600_000);
    const missing = await nodeObstacles();
    canRun = !sayObstacles(missing.length > 0 ? missing : await pipelineObstacles());
    if (!canRun) this.skip();
    removePipeline();
    await Promise.all([nameNodeImage(), nameGitImage()]);
    world = new PipelineWorld();
    run = await world.open();
  });

  after(async () => {
    await world?.close();
    if (canRun) removePipeline();
  });

  const current = () => {
    if (!run) throw new Error("the rows have not begun");
    return run;
  };

  it("T40: the API server keeps every object as the plans say it", async () => {
    await current().stack.up({ expectNoChanges: true });
  });

  buildRows(current);
  releaseRows(current);
  hostileRows(current);
  evidenceRows(current);
});
