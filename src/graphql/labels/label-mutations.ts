import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { ACCOUNT_ERRORS } from "../people/people-errors.ts";
import { resultType } from "../result.ts";
import { LabelType } from "./label.ts";

const LABEL_ERRORS: readonly ExpectedCode[] = [...ACCOUNT_ERRORS, "LABEL_NOT_FOUND", "CONFLICT"];

const CreateLabelResult = resultType("CreateLabelResult", {
  description: "The new label, or why there is none.",
  success: [LabelType],
  errors: LABEL_ERRORS,
});

const UpdateLabelResult = resultType("UpdateLabelResult", {
  description: "The label as it is now, or why it was not changed.",
  success: [LabelType],
  errors: LABEL_ERRORS,
});

const DeleteLabelResult = resultType("DeleteLabelResult", {
  description: "The label that is gone, or why it was not deleted.",
  success: [LabelType],
  errors: LABEL_ERRORS,
});

const COLOR = "Which of WhatsApp's 20 colours, from 0 on.";

const CreateLabelInput = builder.inputType("CreateLabelInput", {
  description: "A new label.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose label it is to be." }),
    name: t.string({ required: true, description: "What to call it: 100 characters at most." }),
    color: t.int({ description: `${COLOR} 0 if left out.` }),
  }),
});

const UpdateLabelInput = builder.inputType("UpdateLabelInput", {
  description: "What to change of a label. What is left out stays as it is.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose label it is." }),
    labelId: t.id({ required: true, description: "Which one." }),
    name: t.string({ description: "What to call it: 100 characters at most." }),
    color: t.int({ description: COLOR }),
  }),
});

builder.mutationFields((t) => ({
  createLabel: t.field({
    authScopes: { may: "messages:send" },
    type: CreateLabelResult.type,
    description:
      "Makes a label, on all devices of the account. WhatsApp Business only: other accounts do not show it.",
    args: { input: t.arg({ type: CreateLabelInput, required: true }) },
    resolve: (_, { input: { instanceId, name, color = null } }, { labels }) =>
      CreateLabelResult.settle(() => labels.save(instanceId, { id: null, name, color })),
  }),
  updateLabel: t.field({
    authScopes: { may: "messages:send" },
    type: UpdateLabelResult.type,
    description: "Calls or colours a label differently. WhatsApp Business only.",
    args: { input: t.arg({ type: UpdateLabelInput, required: true }) },
    resolve: (_, { input }, { labels }) => {
      const { instanceId, labelId: id, name = null, color = null } = input;
      return UpdateLabelResult.settle(() => labels.save(instanceId, { id, name, color }));
    },
  }),
  deleteLabel: t.field({
    authScopes: { may: "messages:send" },
    type: DeleteLabelResult.type,
    description: "Deletes a label, and takes it off all that it was on. WhatsApp Business only.",
    args: {
      instanceId: t.arg.id({ required: true }),
      labelId: t.arg.id({ required: true, description: "Which one." }),
    },
    resolve: (_, { instanceId, labelId }, { labels }) =>
      DeleteLabelResult.settle(() => labels.remove(instanceId, labelId)),
  }),
}));
