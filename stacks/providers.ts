import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import * as vault from "@pulumi/vault";

export interface KubernetesProviderArgs {
  /** Name of the platform stack: what makes the cluster this one. Without it a changed kubeconfig would replace every object. */
  readonly cluster: string;
  /** Context of the kubeconfig, whichever is the active one. */
  readonly context: string;
}

/** The provider that talks to one cluster. */
export function kubernetesProvider({ cluster, context }: KubernetesProviderArgs): k8s.Provider {
  return new k8s.Provider("kubernetes", { context, clusterIdentifier: cluster });
}

export function randomProvider(): random.Provider {
  return new random.Provider("random");
}

export function tlsProvider(): tls.Provider {
  return new tls.Provider("tls");
}

/** The provider takes its token from `VAULT_TOKEN` by itself, so that none is kept in config or state. */
export function vaultProvider(address: string): vault.Provider {
  return new vault.Provider("vault", { address });
}
