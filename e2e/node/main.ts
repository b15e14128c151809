import { runRows } from "../support/run-rows";

runRows({
  script: "e2e:node",
  files: [require.resolve("./databases.node"), require.resolve("./registry.node"), require.resolve("./pipeline.node")],
  bail: false,
});
