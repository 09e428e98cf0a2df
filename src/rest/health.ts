import type { Alias } from "./alias.ts";
import { alias } from "./alias.ts";
import { HealthDocument, InstanceThroughputDocument } from "./generated/operations.ts";
import { noInstance } from "./missing.ts";

export const healthAliases: readonly Alias[] = [
  alias({
    method: "GET",
    path: "/health",
    summary: "Processes, storage and throughput of the last hour",
    document: HealthDocument,
    variables: () => ({}),
    answer: ({ health }) => ({ status: 200, body: health }),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/throughput",
    summary: "Messages in each of the last 60 minutes",
    document: InstanceThroughputDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ instance }, { params: { id } }) =>
      instance ? { status: 200, body: instance.throughput } : noInstance(id),
  }),
];
