import { runRows } from "./support/run-rows";

const files = ["./configuration.e2e", "./vault.e2e", "./projects.e2e", "./platform.e2e"].map((rows) =>
  require.resolve(rows),
);

runRows({ script: "e2e", files, bail: true });
