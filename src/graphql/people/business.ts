import {
  type BusinessProfile,
  type OpeningDay,
  type OpeningHours,
  type OpeningMode,
  WEEKDAYS,
  type Weekday,
} from "../../domain/business.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { resultType } from "../result.ts";
import { ACCOUNT_ERRORS } from "./people-errors.ts";

const WeekdayType = builder.enumType("Weekday", {
  description: "A day of the week.",
  values: described<Weekday>(
    Object.fromEntries(
      WEEKDAYS.map((day) => [day, `${day.charAt(0)}${day.slice(1).toLowerCase()}.`]),
    ) as Record<Weekday, string>,
  ),
});

const OpeningModeType = builder.enumType("OpeningMode", {
  description: "How a business is open on a day.",
  values: described<OpeningMode>({
    ALL_DAY: "The whole day.",
    HOURS: "From `opensAt` to `closesAt`.",
    BY_APPOINTMENT: "By appointment.",
  }),
});

const MINUTES = "In minutes after midnight. Null unless the mode is HOURS.";

const OpeningDayType = builder.objectRef<OpeningDay>("OpeningDay").implement({
  description: "When a business is open on one day of the week.",
  fields: (t) => ({
    day: t.expose("day", { type: WeekdayType, description: "The day." }),
    mode: t.expose("mode", { type: OpeningModeType, description: "How it is open." }),
    opensAt: t.exposeInt("opensAt", { nullable: true, description: MINUTES }),
    closesAt: t.exposeInt("closesAt", { nullable: true, description: MINUTES }),
  }),
});

const OpeningHoursType = builder.objectRef<OpeningHours>("OpeningHours").implement({
  description: "When a business is open.",
  fields: (t) => ({
    timezone: t.exposeString("timezone", {
      description: "By its IANA name, such as `America/Sao_Paulo`.",
    }),
    days: t.field({
      type: [OpeningDayType],
      description: "A day that is not here is one on which it is closed.",
      resolve: ({ days }) => [...days],
    }),
  }),
});

const BusinessProfileType = builder.objectRef<BusinessProfile>("BusinessProfile").implement({
  description: "What a business account shows of itself.",
  fields: (t) => ({
    description: t.exposeString("description", { nullable: true, description: "What it is." }),
    category: t.exposeString("category", {
      nullable: true,
      description: "Its line of business, in WhatsApp's words.",
    }),
    address: t.exposeString("address", { nullable: true, description: "Where it is." }),
    email: t.exposeString("email", { nullable: true, description: "Its e-mail address." }),
    websites: t.field({
      type: ["String"],
      description: "Its sites.",
      resolve: ({ websites }) => [...websites],
    }),
    hours: t.expose("hours", {
      type: OpeningHoursType,
      nullable: true,
      description: "When it is open, if it says so.",
    }),
  }),
});

const OpeningDayInput = builder.inputType("OpeningDayInput", {
  description: "When the business is open on one day of the week.",
  fields: (t) => ({
    day: t.field({ type: WeekdayType, required: true, description: "The day." }),
    mode: t.field({ type: OpeningModeType, required: true, description: "How it is open." }),
    opensAt: t.int({ description: MINUTES }),
    closesAt: t.int({ description: MINUTES }),
  }),
});

const OpeningHoursInput = builder.inputType("OpeningHoursInput", {
  description: "When the business is open.",
  fields: (t) => ({
    timezone: t.string({ required: true, description: "By its IANA name." }),
    days: t.field({
      type: [OpeningDayInput],
      required: true,
      description: "A day that is left out is one on which it is closed.",
    }),
  }),
});

const UpdateBusinessProfileInput = builder.inputType("UpdateBusinessProfileInput", {
  description:
    "What to change of an account's business profile. What is left out stays; null empties.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    description: t.string({ description: "What it is: up to 512 characters." }),
    address: t.string({ description: "Where it is: up to 256 characters." }),
    email: t.string({ description: "Its e-mail address." }),
    websites: t.stringList({ description: "Its sites, two at most." }),
    hours: t.field({
      type: OpeningHoursInput,
      description: "When it is open. Null changes nothing.",
    }),
  }),
});

interface UpdatedBusinessProfile {
  readonly instanceId: string;
}

const UpdatedBusinessProfileType = builder
  .objectRef<UpdatedBusinessProfile>("UpdatedBusinessProfile")
  .implement({
    description: "A business profile was changed.",
    fields: (t) => ({
      instanceId: t.exposeID("instanceId", { description: "Whose it is." }),
    }),
  });

const UpdateBusinessProfileResult = resultType("UpdateBusinessProfileResult", {
  description: "That the profile was changed, or why it was not.",
  success: [UpdatedBusinessProfileType],
  errors: ACCOUNT_ERRORS,
});

builder.queryField("businessProfile", (t) =>
  t.field({
    authScopes: { may: "contacts" },
    type: BusinessProfileType,
    nullable: true,
    description: "What a business shows of itself. Null for who is no business.",
    args: {
      instanceId: t.arg.id({ required: true, description: "The account that asks." }),
      contact: t.arg.string({ required: true, description: "A phone number or a JID." }),
    },
    resolve: (_, { instanceId, contact }, { people }) =>
      people.businessProfile(instanceId, contact),
  }),
);

builder.mutationField("updateBusinessProfile", (t) =>
  t.field({
    authScopes: { may: "instances:write" },
    type: UpdateBusinessProfileResult.type,
    description:
      "Changes what a business account shows of itself. WhatsApp refuses it for an account that is no business.",
    args: { input: t.arg({ type: UpdateBusinessProfileInput, required: true }) },
    resolve: (_, { input }, { people }) =>
      UpdateBusinessProfileResult.settle(async () => {
        const { instanceId, websites, hours, ...texts } = input;
        const days = hours?.days.map((day) => {
          return { ...day, opensAt: day.opensAt ?? null, closesAt: day.closesAt ?? null };
        });
        await people.setBusinessProfile(instanceId, {
          ...texts,
          ...(websites !== undefined && { websites: websites ?? [] }),
          ...(hours && days && { hours: { timezone: hours.timezone, days } }),
        });
        return { instanceId };
      }),
  }),
);
