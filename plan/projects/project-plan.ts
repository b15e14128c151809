import type { RepositorySettings } from "../../model/application";
import type { Build, ReleaseMode } from "../../model/build";
import type { EnvironmentOf, Project } from "../../model/project";
import type { ComponentPlan } from "../planned-resource";

/** What a project has, in the words of its file. */
export interface ProjectPlan {
  /** The project's name; also the name of its namespace. */
  readonly name: string;
  /** Absent: it has a file of its own. */
  readonly environmentOf?: EnvironmentOf;
  readonly applications: readonly ApplicationPlan[];
  readonly databases: readonly DatabasePlan[];
  /** Names of the Kubernetes Secrets that are generated for its databases. */
  readonly secrets: readonly string[];
  /** The namespace of its pods, then that of its builds. */
  readonly namespaces: readonly string[];
  readonly repositories: readonly RepositoryPlan[];
  readonly vaultSecrets: readonly VaultSecretPlan[];
  readonly component: ComponentPlan;
}

/** One application: where it comes from and where it answers. */
export interface ApplicationPlan {
  readonly name: string;
  /** Such as `myorg/my-api` on GitHub. */
  readonly repository: string;
  readonly branch: string;
  /** The commit that it is held at; null: CI decides what runs. */
  readonly pin: string | null;
  /** Repository of its image, such as `harbor.lab.example/shop/api`. */
  readonly image: string;
  readonly port: number;
  /** Such as `https://api.example.com`. */
  readonly addresses: readonly string[];
  readonly build: BuildPlan;
  /** How a new image gets to run. */
  readonly release: ReleaseMode;
}

/** What a person has to know of a push to tell what becomes of it. */
export interface BuildPlan extends Pick<Build, "builder" | "paths" | "platforms" | "sign"> {
  /** Whether something is tested before. */
  readonly test: boolean;
  /** Null: nobody looks for known vulnerabilities. */
  readonly scan: (Build["scan"] & { readonly mode: Exclude<Build["scan"]["mode"], "off"> }) | null;
}

/** One database: what runs, and where its applications reach it. */
export interface DatabasePlan {
  readonly name: string;
  readonly type: Project["databases"][number]["type"];
  readonly version: string;
  /** Image with its tag. */
  readonly image: string;
  /** Host inside the cluster, such as `mysql.shop.svc.cluster.local`. */
  readonly host: string;
  readonly port: number;
  /** Size of its volume. */
  readonly size: string;
}

/** One repository on GitHub, whichever of the project's applications are built from it. */
export interface RepositoryPlan {
  /** Such as `myorg/my-api`. */
  readonly name: string;
  readonly mode: RepositorySettings["mode"];
  /** Address that GitHub calls for every push; null: the cluster has no public host for webhooks. */
  readonly webhook: string | null;
}

/** One secret in Vault, never its value. */
export interface VaultSecretPlan {
  /** Path of the kv-v2 secrets engine. */
  readonly mount: string;
  /** Below the mount, such as `projects/shop/databases/mysql`. */
  readonly path: string;
  readonly keys: readonly string[];
  /** Who writes the value: this program once, or a person. */
  readonly writer: "pulumi" | "person";
}
