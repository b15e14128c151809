import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import * as vault from "@pulumi/vault";

/** The provider that talks to one cluster, whichever context of the kubeconfig is the active one. */
export function kubernetesProvider({ context }: { readonly context: string }): k8s.Provider {
  return new k8s.Provider("kubernetes", { context });
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
