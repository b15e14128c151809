import type { Project } from "../../model/project";
import { someProject } from "./some-project";

/** Where the image stands in a pod. */
export type ContainerList = "containers" | "initContainers" | "ephemeralContainers";

/** An image in the namespace of a project, and whether a pod with it may run there. */
export interface AdmissionCase {
  readonly title: string;
  readonly image: string;
  readonly allowed: boolean;
  /** Absent: `containers`. */
  readonly list?: ContainerList;
}

const git = { type: "github", owner: "myorg", repo: "my-api" };
const commit = "c".repeat(40);
const digest = `sha256:${"d".repeat(64)}`;

/** `api` runs by digest, `held` is pinned, `restarted` follows its branch; `blog` is another project. */
export function admissionProjects(name = "shop"): readonly Project[] {
  const applications = [
    { name: "api", git, port: 80 },
    { name: "held", git: { ...git, hash: commit }, port: 81 },
    { name: "held-restarted", git: { ...git, hash: commit }, port: 82, release: { mode: "restart" } },
    { name: "restarted", git: { ...git, branch: "release/1" }, port: 83, release: { mode: "restart" } },
  ];
  return [someProject({ applications: applications.slice(0, 1) }, "blog"), someProject({ applications }, name)];
}

/** What the API server has to say of each image in the project's namespace; `e2e/rows/admission.ts` asks it. */
export function admissionCases(host: string, project = "shop"): readonly AdmissionCase[] {
  const own = `${host}/${project}`;
  return [
    ...[
      ["an image of the project by digest", `${own}/api@${digest}`],
      ["a digest with a tag before it, as Argo CD Image Updater writes it", `${own}/api:branch-main@${digest}`],
      ["an application of the project that has left its file", `${own}/gone@${digest}`],
      ["the commit that an application is held at", `${own}/held:${commit}`],
      ["the commit that one with a moving tag is held at", `${own}/held-restarted:${commit}`],
      ["a moving tag", `${own}/restarted:branch-release_2f_1`],
      ["a database", "docker.io/library/mysql:8.4.11"],
      ["an older version of a database", "docker.io/library/postgres:13"],
      ["a database by digest", `docker.io/library/redis@${digest}`],
      ["what answers a challenge for a certificate", "quay.io/jetstack/cert-manager-acmesolver:v1.21.1"],
    ].map(([title = "", image = ""]) => ({ title, image, allowed: true })),
    {
      title: "an image of the project that starts before the others",
      image: `${own}/api@${digest}`,
      allowed: true,
      list: "initContainers",
    },
    ...[
      ["a tag", `${own}/api:main`],
      ["the tag of a commit that nobody is held at", `${own}/api:${commit}`],
      ["another commit than the one that it is held at", `${own}/held:${"e".repeat(40)}`],
      ["the moving tag of another branch", `${own}/restarted:branch-main`],
      ["the moving tag of one that is held at a commit", `${own}/held-restarted:branch-main`],
      ["what nobody has released", `${own}/api:unreleased`],
      ["an image without tag and digest", `${own}/api`],
      ["an image of another project", `${host}/blog/api@${digest}`],
      ["a project whose name starts with this one's", `${own}-2/api@${digest}`],
      ["a way out of the project", `${own}/../blog/api@${digest}`],
      ["the layers that builds reuse", `${own}/api/cache@${digest}`],
      ["another registry", `docker.io/${project}/api@${digest}`],
      ["a host whose name ends in the registry's", `evil-${own}/api@${digest}`],
      ["a host whose name starts with the registry's", `${host}.evil.example/${project}/api@${digest}`],
      ["a digest that is none", `${own}/api@sha256:${"d".repeat(63)}`],
      ["a digest with something after it", `${own}/api@${digest}d`],
      ["an image of Docker's library that is no database", "docker.io/library/nginx:1.29"],
      ["a repository whose name starts with a database's", "docker.io/library/mysql-evil:8.4"],
      ["the short name of a database", "mysql:8.4"],
      ["the short name of anything", "busybox"],
    ].map(([title = "", image = ""]) => ({ title, image, allowed: false })),
    {
      title: "a foreign image that starts before the others",
      image: "busybox:1.37",
      allowed: false,
      list: "initContainers",
    },
    { title: "a foreign image for debugging", image: "busybox:1.37", allowed: false, list: "ephemeralContainers" },
    { title: "an own image for debugging", image: `${own}/api@${digest}`, allowed: true, list: "ephemeralContainers" },
  ];
}
