import type * as pulumi from "@pulumi/pulumi";
import { type ArgoEventsArgs, planArgoEvents } from "../plan/platform/argo-events";
import { PlannedComponent } from "./planned-component";

/** Takes webhooks and starts workflows. Depend on it before any EventSource, Sensor or EventBus. */
export class ArgoEvents extends PlannedComponent {
  constructor(args: ArgoEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planArgoEvents(args), {}, opts);
    this.registerOutputs({});
  }
}
