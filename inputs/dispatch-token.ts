import { setSecretCommand } from "../model/config-commands";
import { dispatchTokenSecret } from "../model/dispatch-names";
import { isJsonObject, type Json } from "../model/json";
import { tokenTextProblem } from "./github-tokens";
import { type Found, fullKey } from "./owner-secrets";

/** What is wrong with the token that starts workflows of the GitOps repository; its value is never part of it. */
export function dispatchProblems(stack: string, token: string, githubTokens: Json): readonly Found[] {
  if (token === "") return [];
  const path = fullKey(dispatchTokenSecret);
  const command = setSecretCommand({ stack, key: path });
  const advice =
    "make a fine-grained token for the GitOps repository alone, with the permission Contents (read and write) beside " +
    `Metadata (read), which every token has; set it with ${command}`;
  // It would be in the cluster, where the one with which repositories are made and deleted never is.
  const other = isJsonObject(githubTokens) && Object.values(githubTokens).includes(token);
  const words = tokenTextProblem(token, { command, advice });
  return [
    ...(words ? [{ path, ...words }] : []),
    ...(other ? [{ path, problem: "is one of `idp:githubTokens`", remedy: advice }] : []),
  ];
}
