// Hands a release over to the workflow of the GitOps repository (.github/workflows/release.yaml), as GitHub's event
// `repository_dispatch`. What is handed over is data: the workflow gives it to release.sh by the environment.
//
//   GITHUB_API                       address of GitHub's API, without a slash at the end
//   GITOPS_OWNER, GITOPS_REPOSITORY  the GitOps repository
//   TOKEN_FILE                       token that may write the contents of that repository
//   PROJECT, APPLICATION, IMAGE, DIGEST, COMMIT, PUSHED, PINNED    as release.sh has them
//   RESULTS                          folder for `outcome` (dispatched, pinned) and `description`, a sentence
//   PAUSE                            seconds before a second try; later ones wait longer
//
// It ends with 0 when nothing is left to do, with 75 when it may be tried again later, and else with 1.
import { checkForms, finish, reach, releaseForms, runStep, withTries } from "./shared/release-step.mjs";
import { given, printable, secretFile, TryAgain } from "./shared/service.mjs";

const { PROJECT, APPLICATION, COMMIT, PINNED } = releaseForms;

/** The forms of model/delivery-names.ts; a number of seconds as GitHub sends it. All of it is handed over, in this order. */
const forms = {
  PROJECT,
  APPLICATION,
  IMAGE: /^[A-Za-z0-9][A-Za-z0-9.:/_-]*$/,
  DIGEST: /^sha256:[0-9a-f]{64}$/,
  COMMIT,
  PUSHED: /^(0|[1-9][0-9]{0,11})$/,
  PINNED,
};

async function main() {
  checkForms(forms);
  const name = `${given("PROJECT")}/${given("APPLICATION")}`;
  if (!given("IMAGE").endsWith(`/${name}`)) throw new Error("IMAGE is that of another application");
  const [pinned, commit] = [given("PINNED"), given("COMMIT")];
  if (pinned !== "" && pinned !== commit)
    return finish(
      "pinned",
      `built, and not released: the project's file holds the application at ${pinned.slice(0, 7)}`,
    );
  const repository = `${given("GITOPS_OWNER")}/${given("GITOPS_REPOSITORY")}`;
  await dispatch(repository, {
    event_type: "release",
    client_payload: Object.fromEntries(Object.keys(forms).map((key) => [key.toLowerCase(), given(key)])),
  });
  return finish("dispatched", `handed over to GitHub Actions of ${repository}`);
}

/** Source: docs.github.com, "Create a repository dispatch event", which takes ten fields at most. */
async function dispatch(repository, body) {
  const path = repository.split("/").map(encodeURIComponent).join("/");
  const { status, text } = await withTries(() => send(`${given("GITHUB_API")}/repos/${path}/dispatches`, body));
  if (status === 204) return;
  if (status === 401) throw new Error("GitHub refuses the token; set idp:githubDispatchToken anew");
  if (status === 403 || status === 404)
    throw new Error(
      `the token may not write the contents of ${repository}; ` +
        "give it Contents (read and write) on that repository, and set idp:githubDispatchToken anew",
    );
  throw new Error(`GitHub answers ${status}: ${printable(text)}`);
}

async function send(address, body) {
  const answer = await reach("GitHub", address, {
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token()}`,
      "user-agent": "idp",
      "x-github-api-version": "2022-11-28",
    },
    json: body,
  });
  const limited = answer.status === 429 || (answer.status === 403 && /rate limit/i.test(answer.text));
  if (answer.status >= 500 || limited) throw new TryAgain(`GitHub answers ${answer.status}`);
  return answer;
}

function token() {
  const text = secretFile("TOKEN_FILE");
  if (!/^[!-~]+$/.test(text)) throw new Error("there is no token; set idp:githubDispatchToken");
  return text;
}

await runStep("release", main);
