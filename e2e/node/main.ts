import { runRows } from "../support/run-rows";

runRows({
  script: "e2e:node",
  files: ["databases", "registry", "pipeline", "vault"].map((name) => require.resolve(`./${name}.node`)),
  bail: false,
});
