import { z } from "zod";
import { alias } from "./alias.ts";
import { type Answer, settled } from "./answer.ts";
import {
  LogoutInstanceDocument,
  RequestPairingCodeDocument,
  RestartInstanceDocument,
  StartInstanceDocument,
  StopInstanceDocument,
} from "./generated/operations.ts";

/** What comes of it, the status of the instance tells. */
const accepted = ({ id, status }: { readonly id: string; readonly status: string }): Answer => ({
  status: 202,
  body: { instanceId: id, status },
});

export const instanceActionAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/restart",
    summary: "Make a fresh connection to WhatsApp",
    statuses: [202],
    document: RestartInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ restartInstance }) => settled(restartInstance, accepted),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/start",
    summary: "Connect an instance that is stopped",
    statuses: [202],
    document: StartInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ startInstance }) => settled(startInstance, accepted),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/stop",
    summary: "Disconnect an instance, which stays linked",
    statuses: [202],
    document: StopInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ stopInstance }) => settled(stopInstance, accepted),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/logout",
    summary: "Unlink the device at WhatsApp; messages are kept",
    statuses: [202],
    document: LogoutInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ logoutInstance }) => settled(logoutInstance, accepted),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/pairingCode",
    summary: "Get a code to type into the phone instead of scanning the QR code",
    body: z.strictObject({ phone: z.string() }),
    document: RequestPairingCodeDocument,
    variables: ({ params: { id }, body: { phone } }) => ({ id, phone }),
    answer: ({ requestPairingCode }) =>
      settled(requestPairingCode, ({ id, pairingCode }) => ({
        status: 200,
        body: { instanceId: id, ...pairingCode },
      })),
  }),
];
