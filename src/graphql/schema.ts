import { builder } from "./builder.ts";
import "./cancel.ts";
import "./delivery-updates.ts";
import "./event-instance.ts";
import "./event-message.ts";
import "./events.ts";
import "./gateway.ts";
import "./instance-mutations.ts";
import "./instances.ts";
import "./member-receipt.ts";
import "./messages.ts";
import "./pacing-mutation.ts";
import "./scalars.ts";
import "./send.ts";
import "./webhook-mutations.ts";
import "./webhook-statistics.ts";
import "./webhooks.ts";

export const schema = builder.toSchema();
