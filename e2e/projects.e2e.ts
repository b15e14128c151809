import { definitionObstacles } from "./support/definitions";
import { obstacles, sayObstacles } from "./support/environment";
import { ProjectsRun } from "./support/projects-run";
import { ownVaultObstacles } from "./support/own-vault";
import { accessRows } from "./rows/access";
import { admissionRows } from "./rows/admission";
import { argoObjectRows } from "./rows/argo-objects";
import { changeRows } from "./rows/changes";
import { destroyRows } from "./rows/destroy";
import { firstUpRows } from "./rows/first-up";
import { loginRows } from "./rows/logins";
import { manifestRows } from "./rows/manifests";
import { refusalRows } from "./rows/refusals";
import { reportRows } from "./rows/reports";
import { secretRows } from "./rows/secrets";
import { standInRows } from "./rows/stand-in";
import { steadyRows } from "./rows/steady";
import { vaultRows } from "./rows/vault";
import { vaultBeginningRows } from "./rows/vault-beginning";
import { vaultOperatorRows } from "./rows/vault-operator";

describe("roles vault and projects, real engine, API server and Vault that begins sealed, and a GitHub API", function () {
  let missing: readonly string[] = ["not looked yet"];
  let run: ProjectsRun;

  before(async function () {
    missing = [...obstacles(), ...ownVaultObstacles()];
    if (missing.length === 0) missing = definitionObstacles();
    if (sayObstacles(missing)) this.skip();
    run = await ProjectsRun.start();
    await run.prepare();
  });

  after(async function () {
    if (missing.length === 0) await run.stop();
  });

  standInRows();
  vaultBeginningRows(() => run);
  vaultRows(() => run);
  vaultOperatorRows(() => run);
  firstUpRows(() => run);
  argoObjectRows(() => run);
  accessRows();
  admissionRows();
  secretRows(() => run);
  loginRows(() => run);
  reportRows(() => run);
  steadyRows(() => run);
  changeRows(() => run);
  manifestRows(() => run);
  refusalRows(() => run);
  destroyRows(() => run);
});
