import { Prisma } from "./generated/sqlite/client.ts";

/** Composable SQL with bound values. */
export const sql = Prisma.sql;
export type Sql = Prisma.Sql;
