import { builder } from "./builder.ts";
import "./event-instance.ts";
import "./event-message.ts";
import "./events.ts";
import "./gateway.ts";
import "./instance-mutations.ts";
import "./instances.ts";
import "./messages.ts";
import "./scalars.ts";
import "./send.ts";
import "./webhook-mutations.ts";
import "./webhooks.ts";

export const schema = builder.toSchema();
