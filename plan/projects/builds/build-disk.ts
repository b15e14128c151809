import { quantity } from "../../../model/quantity";

/** Free disk that a node must have for a build to start there; most never come near their limit. */
const usual = "1Gi";

/** What is asked for before a build starts that is stopped at `limit`. Unsaid, Kubernetes would ask for all of the limit. */
export function diskRequest(limit: string): string {
  return quantity(limit) < quantity(usual) ? limit : usual;
}
