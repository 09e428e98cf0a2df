import type { Caller } from "../../domain/caller.ts";
import type { Channels } from "../../directory/channels.ts";
import type { Groups } from "../../directory/groups.ts";
import type { Chats } from "../../directory/chat.ts";
import type { Labels } from "../../directory/labels.ts";
import type { People } from "../../directory/people.ts";
import type { Batches } from "../../messages/batch/batch.ts";
import type { Credentials } from "../../instances/credentials.ts";
import type { Messages } from "../../messages/messages.ts";
import type { Webhooks } from "../../webhooks/webhooks.ts";
import { batchesOf } from "./batches.ts";
import { channelsOf } from "./channels.ts";
import { chatsOf } from "./chats.ts";
import { type ReachableInstances, instancesOf } from "./instances.ts";
import { credentialsOf } from "./credentials.ts";
import { groupsOf } from "./groups.ts";
import { labelsOf } from "./labels.ts";
import { messagesOf } from "./messages.ts";
import { peopleOf } from "./people.ts";
import { webhooksOf } from "./webhooks.ts";

/** The rooms whose contents belong to one account or another. */
export interface Reach {
  readonly instances: ReachableInstances;
  readonly credentials: Credentials;
  readonly messages: Messages;
  readonly batches: Batches;
  readonly groups: Groups;
  readonly channels: Channels;
  readonly chats: Chats;
  readonly people: People;
  readonly labels: Labels;
  readonly webhooks: Webhooks;
}

/**
 * The same rooms with what a caller may know of. Resolvers get nothing else, so that a field that
 * somebody adds cannot forget to ask.
 */
export function reachOf(all: Reach, caller: Caller): Reach {
  return {
    instances: instancesOf(all.instances, caller),
    credentials: credentialsOf(all.credentials, caller),
    messages: messagesOf(all.messages, caller),
    batches: batchesOf(all.batches, all.messages, caller),
    groups: groupsOf(all.groups, caller),
    channels: channelsOf(all.channels, caller),
    chats: chatsOf(all.chats, caller),
    people: peopleOf(all.people, caller),
    labels: labelsOf(all.labels, caller),
    webhooks: webhooksOf(all.webhooks, caller),
  };
}
