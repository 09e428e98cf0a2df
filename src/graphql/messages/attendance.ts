import type { Attendance } from "../../domain/content.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const AttendanceType = builder.enumType("Attendance", {
  description: "What somebody answers to an appointment.",
  values: described<Attendance>({
    GOING: "They come.",
    NOT_GOING: "They do not come.",
    MAYBE: "They do not know yet.",
  }),
});
