// Starts the pods of one application anew, as `kubectl rollout restart` does: they then fetch what the moving tag of their
// image means now. It may change the Deployments of its list and nothing else, and cannot even look at them.
//
//   KUBERNETES_URL          address of the API server; NODE_EXTRA_CA_CERTS names the file with its authority
//   TOKEN_FILE              token of this pod's service account
//   PROJECT, APPLICATION    what is started anew, in the namespace of the project
//   COMMIT, PINNED          commit that was built, and the one that the application is held at, or nothing
//   RESULTS                 folder for `outcome` (restarted, released, pinned) and `description`, a sentence
//   PAUSE                   seconds before a second try; later ones wait longer
//
// It ends with 0 when nothing is left to do, with 75 when it may be tried again later, and else with 1.
import { checkForms, finish, reach, releaseForms, runStep, withTries } from "./shared/release-step.mjs";
import { given, printable, secretFile, TryAgain } from "./shared/service.mjs";

async function main() {
  checkForms(releaseForms);
  const [pinned, commit] = [given("PINNED"), given("COMMIT")];
  if (pinned !== "")
    return finish("pinned", `built, and not started: the project's file holds it at ${pinned.slice(0, 7)}`);
  const status = await withTries(() => patch(commit));
  if (status === 404) return finish("released", "released; Argo CD makes its first pods");
  return finish("restarted", "the pods start anew, one at a time");
}

/** Where the annotation is that `kubectl rollout restart` sets. Argo CD leaves alone what it did not set itself. */
async function patch(commit) {
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString(), "idp/commit": commit };
  const path = `/apis/apps/v1/namespaces/${given("PROJECT")}/deployments/${given("APPLICATION")}`;
  const { status, text } = await reach(
    "the API server",
    `${given("KUBERNETES_URL")}${path}?fieldManager=idp-releases`,
    {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${secretFile("TOKEN_FILE")}`,
        "content-type": "application/strategic-merge-patch+json",
      },
      body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
    },
  );
  if (status === 200 || status === 404) return status;
  if (status === 401 || status === 403)
    throw new Error("the API server does not let it; `pulumi up` of the projects stack gives it the right");
  if (status === 409 || status === 429 || status >= 500) throw new TryAgain(`the API server answers ${status}`);
  throw new Error(`the API server answers ${status}: ${printable(text)}`);
}

await runStep("restart", main);
